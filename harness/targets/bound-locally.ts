/**
 * Python code that runs a module like `python -m MODULE`, with all its sockets bound to this machine. If an engine
 * listened on all interfaces, anyone on the network could write to the stream under test.
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
