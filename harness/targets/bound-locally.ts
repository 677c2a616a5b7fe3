/**
 * `python -m MODULE`, its sockets bound to this machine: if an engine listens on all interfaces, anyone on the network
 * can write to the stream under test.
 */
export const boundLocally = (module: string): string =>
  [
    'import runpy, socket',
    'bind = socket.socket.bind',
    'def local(self, address):',
    '    if self.family == socket.AF_INET: address = ("127.0.0.1", address[1])',
    '    if self.family == socket.AF_INET6: address = ("::1", *address[1:])',
    '    return bind(self, address)',
    'socket.socket.bind = local',
    `runpy.run_module("${module}", run_name="__main__", alter_sys=True)`,
  ].join('\n');
