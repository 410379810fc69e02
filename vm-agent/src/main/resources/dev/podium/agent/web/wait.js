"use strict";
// Asks every two seconds whether there is a seat. The invite stays in the fragment, which never
// leaves the browser, and is handed to the page that has the seat.
(() => {
  const who = Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, "0")).join("");
  const line = document.getElementById("waiting");
  const room = new URLSearchParams(location.search).get("room");
  const since = Date.now();

  const words = waiting => {
    const seconds = Math.round((Date.now() - since) / 1000);
    const time = seconds < 60 ? `${seconds} seconds` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    const others = waiting > 2 ? `, with ${waiting - 1} others` : waiting === 2 ? ", with one other" : "";
    return `You have waited for ${time}${others}. A new machine usually takes a minute.`;
  };

  const ask = async () => {
    try {
      const query = new URLSearchParams({ who });
      if (room) query.set("room", room);
      const answer = await (await fetch(`/join/seat?${query}`, { cache: "no-store" })).json();
      if (answer.url) {
        line.textContent = "There is a seat: here you go.";
        location.replace(answer.url + (room ? `?room=${encodeURIComponent(room)}` : "") + location.hash);
        return;
      }
      line.textContent = words(answer.waiting);
    } catch {
      line.textContent = "The connection is lost. Trying again…";
    }
    setTimeout(ask, 2000);
  };
  ask();
})();
