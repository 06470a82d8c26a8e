// `node server.cjs DIRECTORY`: express-pouchdb over a LevelDB in the directory; prints the port.

const express = require("express");
const PouchDB = require("pouchdb");

const [, , directory] = process.argv;
const Kept = PouchDB.defaults({ prefix: `${directory}/` });
const app = express();
app.use("/", require("express-pouchdb")(Kept, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: `${directory}/log.txt` }));
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
