/** What a command learns about the gateway from its arguments and its environment. */
export type CommandPlace = {
  /** http://host:port */
  readonly endpoint: string;
  readonly host: string;
  readonly port: number;
  /** The port for clients that insist on TLS; the same one, because the gateway tells protocols apart. */
  readonly tls: number;
  readonly stream: string | undefined;
  /** The path of the certificate of the authority that was made for this run. */
  readonly ca: string | undefined;
};

/**
 * Fills in `{endpoint} {host} {port} {tls} {stream} {ca}` in an argument. A placeholder whose value is unknown stays.
 */
export const fillIn = (argument: string, place: CommandPlace): string =>
  argument.replaceAll(/\{(endpoint|host|port|tls|stream|ca)\}/g, (whole, name: keyof CommandPlace) =>
    String(place[name] ?? whole),
  );
