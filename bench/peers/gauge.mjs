// Tells the load generator what this process has used, and ends it when the generator is gone.
import { connect } from 'node:net';

const socket = connect(Number(process.env.BENCH_GAUGE_PORT), '127.0.0.1');
socket.on('close', () => process.exit()).on('error', () => process.exit());
socket.on('data', () => {
  const { user, system } = process.cpuUsage();
  socket.write(`${user + system} 0 ${process.memoryUsage().heapUsed}\n`);
});
