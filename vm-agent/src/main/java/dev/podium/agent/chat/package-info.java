/// The chat over WebSockets: frames, what they mean, and how what a room says reaches every socket.
/// On the chat loop.
///
/// A message is encoded once. What a room says during one turn of the loop becomes one buffer, and
/// each socket gets it in one write; an idle loop's turn ends at once, so nothing waits. What
/// bounds a VM is the kernel's cost of a write: about 7 µs for each socket, whatever its length.
/// The busier the room, the more each write carries.
///
/// A seat is held for as long as what opened it is good. An invite may expire or be taken back, or
/// its key may be thrown away. Then its people are told and put out (4001), as they would be at
/// their next connection. When the access code is changed or cleared, who is in by it is asked for
/// it again within seconds.
///
/// # The frames
///
/// Each is one JSON object, and `t` names its type. Members that are not known are ignored. A frame
/// of an unknown type is answered with `bad_frame` by a VM and passed over by a page, so that pages
/// and VMs of two releases understand each other.
///
/// From the page:
///
/// ```
/// {"t":"hello","token" or "code","name","room","device","after"?,"returning"?,"rooms"?}
/// {"t":"say","cid","text"}
/// {"t":"older","before"}
/// {"t":"hold","minutes"}    {"t":"typing"}    {"t":"bye"}
/// ```
///
/// - `after`: the id of the last message seen; empty if there was none. Without it: a newcomer.
/// - `returning`: the page was in a moment ago and was only loaded anew, so a full VM takes it too.
/// - `rooms`: the page shows which rooms there are, and wants to be told.
/// - `before`: the id of the oldest message that the page has.
///
/// From the VM:
///
/// ```
/// {"t":"welcome","you":{"id","name"},"room","instance","expires"?,"codes","recovered","older","more",
///  "messages":[msg…],"members":[…],"count","peers":[{"instance","url","participants","seats"}…]}
/// {"t":"msg","id","cid","from":{"id","name","instance"},"text","at"}
/// {"t":"older","room","before","more","older","messages":[msg…]}
/// {"t":"rooms","rooms":[{"name","people","last"}…]}
/// {"t":"ack","cid","id"}    {"t":"members","members":[…],"count"}    {"t":"peers","peers":[…]}
/// {"t":"moved","url"}       {"t":"state","ok","message"}
/// {"t":"error","code","message","cid"?,"url"?}
/// ```
///
/// - `codes`: whether the fleet has an access code, so that a link may bring one along.
/// - `older`: whether the room has a past before these messages, still known or not. `more`:
///   whether some of it is still known here, and can be asked for with `older`. A VM that does not
///   say `more` cannot be asked.
/// - An `older` is answered with at most 256 messages and 256 KiB, and 40 times a minute.
/// - `rooms` comes after the welcome, and when something changed, at most every two seconds: at
///   most fifty, the fullest first. `last` is the id of the room's newest message, empty if it has
///   none.
/// - `url` of an error: a VM where what was shown is good, or that has a seat.
@NullMarked
package dev.podium.agent.chat;

import org.jspecify.annotations.NullMarked;
