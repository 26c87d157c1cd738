// Drives an installed kernel as VS Code's Jupyter extension does: it reads the kernel spec, starts the process, waits for the
// port, connects zeromq's sockets, asks kernel_info on shell and control until something comes over iopub, then executes.
// It never opens the heartbeat. Usage: node vscode-order.mjs <folder of the kernel spec>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});
const opens = port => new Promise(resolve => {
  const socket = connect(port, '127.0.0.1').once('connect', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
});
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

const folder = mkdtempSync(join(tmpdir(), 'kernel-client-'));
const [hb_port, control_port, shell_port, stdin_port, iopub_port] = [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()];
const key = randomUUID();
const connection = { key, signature_scheme: 'hmac-sha256', transport: 'tcp', ip: '127.0.0.1', hb_port, control_port, shell_port, stdin_port, iopub_port };
const file = join(folder, 'connection.json');
writeFileSync(file, JSON.stringify(connection));
const spec = JSON.parse(readFileSync(join(process.argv[2], 'kernel.json')));
assert.equal(spec.interrupt_mode, 'message');
const [program, ...args] = spec.argv.map(word => word.replace('{connection_file}', file));
const kernel = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const ended = new Promise(resolve => kernel.once('exit', resolve));
const watchdog = setTimeout(() => { console.error('no answer for too long'); kernel.kill('SIGKILL'); process.exit(1); }, 120_000);

while (!await opens(shell_port)) await sleep(100);

const session = randomUUID();
const dealer = port => { const socket = new Dealer({ routingId: session, linger: 0 }); socket.connect(`tcp://127.0.0.1:${port}`); return socket; };
const shell = dealer(shell_port), control = dealer(control_port), stdin = dealer(stdin_port);
const iopub = new Subscriber({ linger: 0 });
iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
iopub.subscribe();

const sign = parts => parts.reduce((hash, part) => hash.update(part), createHmac('sha256', key)).digest('hex');
const send = async (socket, type, content) => {
  const header = { msg_id: randomUUID(), session, username: 'vscode', msg_type: type, version: '5.2', date: new Date().toISOString() };
  const parts = [header, {}, {}, content].map(part => JSON.stringify(part));
  await socket.send(['<IDS|MSG>', sign(parts), ...parts]);
  return header.msg_id;
};
const parse = frames => {
  const at = frames.findIndex(frame => frame.toString() === '<IDS|MSG>');
  const parts = frames.slice(at + 2);
  assert.equal(frames[at + 1].toString(), sign(parts), 'the kernel signs what it sends');
  const [header, parent, , content] = parts.map(part => JSON.parse(part));
  return { type: header.msg_type, parent: parent.msg_id, content };
};
const messages = [];
const listen = async (name, socket) => { for await (const frames of socket) messages.push({ name, ...parse(frames) }); };
for (const [name, socket] of Object.entries({ shell, control, stdin, iopub })) listen(name, socket).catch(error => { console.error(error); process.exit(1); });
const until = async found => { for (;;) { const message = messages.find(found); if (message) return message; await sleep(5); } };

// The nudge: on both sockets, again and again, until one answer and one word over iopub have come.
for (;;) {
  await Promise.all([send(shell, 'kernel_info_request', {}), send(control, 'kernel_info_request', {})]);
  await sleep(200);
  const has = name => messages.some(message => message.name === name);
  if ((has('shell') || has('control')) && has('iopub')) break;
}
const info = await until(message => message.type === 'kernel_info_reply');
assert.equal(info.content.language_info.name, 'C#');
await until(message => message.name === 'control' && message.type === 'kernel_info_reply');

const execute = code => send(shell, 'execute_request', { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: false });
const run = async code => {
  const id = await execute(code);
  const reply = await until(message => message.type === 'execute_reply' && message.parent === id);
  await until(message => message.name === 'iopub' && message.parent === id && message.content.execution_state === 'idle');
  return { reply: reply.content, news: messages.filter(message => message.name === 'iopub' && message.parent === id) };
};

const plot = await run('Console.WriteLine("hello"); Figure.Line(v => v * v, (0, 1))');
assert.equal(plot.reply.status, 'ok');
assert.deepEqual(plot.news.map(message => message.type), ['status', 'execute_input', 'stream', 'execute_result', 'status']);
assert.ok(plot.news[3].content.data['application/vnd.plotly.v1+json'].data, 'a figure for the renderer');

const completion = await send(shell, 'complete_request', { code: 'Math.Sqr', cursor_pos: 8 });
assert.ok((await until(message => message.parent === completion && message.type === 'complete_reply')).content.matches.includes('Sqrt'));

const asking = await execute('Console.ReadLine()');
await until(message => message.name === 'stdin' && message.type === 'input_request' && message.parent === asking);
await send(stdin, 'input_reply', { value: 'typed', status: 'ok' });
assert.equal((await until(message => message.type === 'execute_result' && message.parent === asking)).content.data['text/plain'], 'typed');

const loop = await execute('var kept = 3; Console.WriteLine("loop"); while (true) { }');
await until(message => message.type === 'stream' && message.parent === loop);
const interrupt = await send(shell, 'interrupt_request', {});
await until(message => message.parent === interrupt && message.type === 'interrupt_reply');
assert.equal((await until(message => message.type === 'execute_reply' && message.parent === loop)).content.ename, 'Interrupted');
assert.equal((await run('kept')).news.find(message => message.type === 'execute_result').content.data['text/plain'], '3');

await send(control, 'shutdown_request', { restart: false });
assert.equal(await ended, 0);
clearTimeout(watchdog);
rmSync(folder, { recursive: true });
console.log(`served VS Code's order with ${messages.length} messages`);
process.exit(0);
