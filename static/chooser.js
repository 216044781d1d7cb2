// Keeps the choice of experts in the page's address, so that it can be shared. Without this script the boxes choose all the same.
const boxes = [...document.querySelectorAll(".chooser input")];
const asked = new URLSearchParams(location.search).get("experts")?.split(",") ?? [];
if (boxes.some((box) => asked.includes(box.value))) {
  for (const box of boxes) box.checked = asked.includes(box.value);
}
for (const box of boxes) {
  box.addEventListener("change", () => {
    const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
    const query = chosen.length % boxes.length ? `?experts=${chosen.join(",")}` : "";
    if (location.protocol !== "file:") history.replaceState(null, "", location.pathname + query + location.hash);
  });
}
