// A chat server such as one writes with socket.io or ws: whatever one says in a room goes to
// everybody in it. Arguments: which of the two. Says on which port it serves.
import http from "node:http";
import { Server } from "socket.io";
import { WebSocketServer } from "ws";

const server = http.createServer();
const roomOf = url => new URL(url, "http://x/").searchParams.get("room") ?? "lobby";

function socketIo() {
  const io = new Server(server, { transports: ["websocket"], serveClient: false, pingInterval: 20_000 });
  io.on("connection", socket => {
    const room = socket.handshake.query.room ?? "lobby";
    socket.join(room);
    socket.on("msg", text => io.to(room).emit("msg", text));
  });
}

function ws() {
  const rooms = new Map();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    const room = roomOf(request.url);
    if (!rooms.has(room)) rooms.set(room, new Set());
    const members = rooms.get(room);
    members.add(socket);
    socket.on("close", () => members.delete(socket));
    socket.on("message", data => { for (const member of members) member.send(data, { binary: false }); });
  });
}

(process.argv[2] === "ws" ? ws : socketIo)();
server.listen(0, "127.0.0.1", 1024, () => console.log(`port ${server.address().port}`));
