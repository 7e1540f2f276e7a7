// Loaded before the emulator: ends it when the test run that started it is gone, however it went.
process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
