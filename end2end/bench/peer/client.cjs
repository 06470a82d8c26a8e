// `node client.cjs DIRECTORY PORT DOCUMENTS BYTES`: replicates as many documents of that size from a LevelDB in the directory to the server
// at the port, and from there to another; prints the seconds of both as JSON.

const PouchDB = require("pouchdb");

const [, , directory, port, documents, bytes] = process.argv;

async function main() {
  const Kept = PouchDB.defaults({ prefix: `${directory}/` });
  const sender = new Kept("sender");
  const receiver = new Kept("receiver");
  const remote = new PouchDB(`http://127.0.0.1:${port}/remote`);
  const text = "x".repeat(Number(bytes));
  await sender.bulkDocs(Array.from({ length: Number(documents) }, (_, number) => ({ _id: `${number}`.padStart(8, "0"), text })));
  await receiver.info();
  const figures = { push_s: await replicate(sender, remote), pull_s: await replicate(remote, receiver) };
  console.log(JSON.stringify(figures));
}

async function replicate(from, to) {
  const started = performance.now();
  const { docs_written } = await PouchDB.replicate(from, to);
  if (docs_written !== Number(documents)) throw new Error(`${docs_written} documents were written`);
  return (performance.now() - started) / 1000;
}

main();
