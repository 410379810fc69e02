// Stands for a VM in the page: what it says is said by the test. Put in place before the page's own
// scripts run.
window.fakeVm = { sockets: [], heard: [] };
window.WebSocket = class extends EventTarget {
  static OPEN = 1;
  readyState = 0;
  constructor(url) {
    super();
    this.url = url;
    fakeVm.sockets.push(this);
    setTimeout(() => {
      this.readyState = 1;
      this.onopen?.({});
    });
  }
  send(text) {
    const frame = JSON.parse(text);
    fakeVm.heard.push(frame);
    if (frame.t === 'hello') fakeVm.onhello?.(this, frame);
    if (frame.t === 'say') fakeVm.onsay?.(this, frame);
    if (frame.t === 'older') fakeVm.onolder?.(this, frame);
  }
  close(code = 1000) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    setTimeout(() => this.onclose?.({ code }));
  }
  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
};
fakeVm.message = (number, text = `message ${number}`) => ({
  t: 'msg', id: String(number), cid: `c${number}`, text, at: new Date(1.76e12 + number * 1e3).toISOString(),
  from: { id: `p${Math.floor(number / 3) % 7}`, name: `Person ${Math.floor(number / 3) % 7}`, instance: 'vm-1' },
});
fakeVm.welcome = (socket, messages, more = {}) => socket.say({
  t: 'welcome', you: { id: 'me', name: 'Me' }, room: 'lobby', instance: 'vm-1', recovered: true, older: false, messages,
  members: [{ id: 'me', name: 'Me', instance: 'vm-1' }], count: 1, peers: [], ...more,
});
