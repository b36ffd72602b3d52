// A style that dialogs bring along, as they open on pages of others.

/** Load a style once. What is drawn before it is there would jump. */
export const load_style = (address) =>
  new Promise((done) => {
    if ([...document.styleSheets].some(({ ownerNode }) => ownerNode?.getAttribute("href") === address)) return done();
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.onload = link.onerror = () => done();
    document.head.appendChild(link);
  });
