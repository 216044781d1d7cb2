// Copies notes and addresses. A button with data-copy or data-copy-from stays hidden until this runs; without it, the note can still be marked by hand.
(() => {
  // The address of this page goes without its query, which is one way to see the page.
  const whole = (address) => (address[0] === "#" ? location.href.split(/[?#]/)[0] + address : address);

  // A note whose site has no known address gets the one it is read at; but a folder on somebody's disk is no address for others.
  const note = (element) => {
    for (const here of element.querySelectorAll("[data-here]")) here.textContent = location.protocol === "file:" ? "" : ", " + whole(here.dataset.here);
    return element.textContent;
  };

  // Without a secure context there is no clipboard, but a marked text can be copied.
  const copyMarked = (text, button) => {
    const area = button.parentNode.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus();
    return done;
  };

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyMarked(text, button);
    }
  };

  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    const { copy: address, copyFrom } = button.dataset;
    const status = button.parentNode.querySelector("[role=status]");
    button.hidden = address?.[0] === "#" && location.protocol === "file:"; // nor is it one to pass on
    button.addEventListener("click", async () => {
      const done = await copy(copyFrom ? note(document.getElementById(copyFrom)) : whole(address), button);
      status.textContent = done ? status.dataset.copied : status.dataset.notCopied;
      clearTimeout(status.timer);
      status.timer = setTimeout(() => (status.textContent = ""), 3000);
    });
  }
})();
