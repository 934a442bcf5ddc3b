// Looking at a file without leaving the page: <a href="/the/file/" data-view="picture" data-name="its name"> opens in
// the dialog of base.html. Without script, and where the browser shows no PDF inside a page, the link leads to the file.
const dialog = document.getElementById("viewer");
const place = dialog?.querySelector(".viewed");

// A phone's browser shows the first page of a PDF in a frame, or offers to download it.
function showsPdf() {
  return navigator.pdfViewerEnabled && matchMedia("(pointer: fine)").matches;
}

function picture(address, name) {
  const image = new Image();
  image.alt = name;
  image.addEventListener("error", () => (place.textContent = place.dataset.failed));
  image.src = address;
  return image;
}

function paper(address, name) {
  const frame = document.createElement("iframe");
  frame.title = name;
  frame.src = address;
  return frame;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view]");
  if (!link || !dialog?.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isPicture = link.dataset.view === "picture";
  if (!isPicture && !showsPdf()) return;
  event.preventDefault();
  dialog.querySelector("#viewer-title").textContent = link.dataset.name;
  dialog.querySelector("#viewer-link").href = link.href;
  place.replaceChildren((isPicture ? picture : paper)(link.href, link.dataset.name));
  dialog.addEventListener("close", () => link.focus(), { once: true });
  dialog.showModal();
});

dialog?.addEventListener("close", () => place.replaceChildren());
