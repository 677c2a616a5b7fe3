import type { Socket } from 'node:net';

/** The protocol of a client, detected by its first bytes. */
export type Spoken = 'tls' | 'http2' | 'http1';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** Three bytes distinguish PRI from every HTTP/1.1 method. */
const enough = 3;

export const spokenBy = (first: Buffer): Spoken | undefined => {
  if (first[0] === 0x16) return 'tls';
  const known = Math.min(first.length, enough);
  if (!first.subarray(0, known).equals(preface.subarray(0, known))) return 'http1';
  return first.length < enough ? undefined : 'http2';
};

/**
 * Detects the protocol, and puts the bytes back into the socket. A client that sends nothing occupies only its socket;
 * `silent` is called when it disconnects.
 */
export const sniff = (socket: Socket, found: (spoken: Spoken) => void, silent: () => void = () => undefined): void => {
  let first = Buffer.alloc(0);
  const onReadable = (): void => {
    for (let part = socket.read() as Buffer | null; part !== null; part = socket.read() as Buffer | null)
      first = Buffer.concat([first, part]);
    const spoken = first.length === 0 ? undefined : spokenBy(first);
    if (spoken === undefined) return;
    stop();
    socket.unshift(first);
    found(spoken);
  };
  const onEnd = (): void => void socket.destroy();
  const stop = (): void => void socket.off('readable', onReadable).off('end', onEnd).off('close', silent);
  socket.on('readable', onReadable).on('end', onEnd).on('close', silent);
};
