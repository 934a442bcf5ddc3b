// The only script that is waited for, before anything is drawn: what needs a script (data-needs-script) then stands in its
// place from the first moment, and nothing moves when the other scripts have come.
document.documentElement.dataset.scripted = "";
