// Uploads: several at once, each with its progress and a way to stop it. The server's answer is the truth: after
// each file that arrived the page asks it anew what is there.
(() => {
  const AT_ONCE = 2;
  const LARGE = 1e6; // bytes: a refusal in the middle of so much can get lost, so it is asked for first
  const waiting = [];
  let running = 0;

  addEventListener("click", (event) => {
    const pick = event.target.closest?.("[data-pick]");
    if (pick) place(pick).querySelector("input[type=file]").click();
  });
  addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-upload] input[type=file]")) return;
    take(place(event.target), event.target.files);
    event.target.value = "";
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    addEventListener(kind, (event) => {
      const target = event.target.closest?.("[data-upload]");
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // elsewhere a dropped file would replace the page
      target?.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && target) take(target, event.dataTransfer.files);
    });
  }
  addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });

  function place(inside) { return inside.closest("[data-upload]"); }

  function take(target, files) {
    for (const file of files) {
      const line = row(target, file);
      waiting.push(() => send(target, file, line));
    }
    next();
  }

  function next() {
    while (running < AT_ONCE && waiting.length) { running += 1; waiting.shift()(); }
  }

  function row(target, file) {
    const line = document.createElement("li");
    line.className = "upload";
    line.innerHTML = '<span class="file-name"></span><progress max="1" value="0"></progress>' +
      '<span class="second numbers said" role="status">Waiting</span><button type="button" class="link">Cancel</button>';
    line.querySelector(".file-name").textContent = file.name;
    line.querySelector("progress").setAttribute("aria-label", `Upload of ${file.name}`);
    line.querySelector("button").setAttribute("aria-label", `Cancel ${file.name}`);
    line.querySelector("button").onclick = () => { line.cancelled = true; line.request?.abort(); line.remove(); };
    target.querySelector("[data-uploads]").append(line);
    line.scrollIntoView({ block: "nearest" });
    return line;
  }

  async function refusal(target, file) {
    if (file.size < LARGE) return "";
    try {
      const answer = await fetch(target.dataset.upload, { method: "POST", headers: { "x-file-size": file.size } });
      return answer.ok ? "" : (await answer.json()).refused;
    } catch { return ""; } // the upload itself will say
  }

  async function send(target, file, line) {
    const refused = await refusal(target, file);
    if (refused) refuse(line, refused);
    if (refused || line.cancelled) return ended();
    const request = line.request = new XMLHttpRequest();
    const said = line.querySelector(".said"), bar = line.querySelector("progress");
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = loaded / total;
      said.textContent = loaded < total ? `${Math.floor((100 * loaded) / total)} %` : "Checking";
    };
    request.onload = () => {
      const answer = read(request.responseText);
      if (request.status === 200) { line.remove(); target.querySelector("[data-uploaded]").click(); }
      else if (request.status === 401) location.reload();
      else refuse(line, answer.refused || "The server could not take this file. Please try again.");
    };
    request.onerror = () => refuse(line, file.size ? "The upload was broken off. Please try again." : "This file is empty.");
    request.onloadend = ended;
    request.open("PUT", target.dataset.upload);
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  }

  function ended() { running -= 1; next(); }

  function refuse(line, sentence) {
    line.classList.add("refused");
    line.querySelector("progress").remove();
    line.querySelector(".said").textContent = sentence;
    line.querySelector(".said").setAttribute("role", "alert");
    const button = line.querySelector("button");
    button.textContent = "Dismiss";
    button.setAttribute("aria-label", "Dismiss");
    line.scrollIntoView({ block: "nearest" });
  }

  function read(text) { try { return JSON.parse(text); } catch { return {}; } }
})();
