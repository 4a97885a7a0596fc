// What a browser can tell of a page that no reader of its source can: sizes, overlaps, cuts, outlines, languages.
// Each measure gives a list of what is wrong, in words that lead to the place; an empty list is well.
(() => {
  const CONTROLS = 'a[href],button,summary,input,select,textarea,[tabindex="0"]';
  const LEAST = 43.99;

  const words = (one) => one.innerText.trim().replace(/\s+/g, ' ').slice(0, 40);
  const place = (one) => `${one.tagName.toLowerCase()}.${one.closest('[class]')?.className} “${words(one)}”`;
  const shown = (one) => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const unseen = (one) => one.closest('.away-words,.skip:not(:focus),.rows thead');

  const controls = () => [...document.querySelectorAll(CONTROLS)].filter(shown);

  // A link that is stretched over a card by `::after` is as large as the card.
  const box = (one) => {
    const after = getComputedStyle(one, '::after');
    const stretched = after.position === 'absolute' && after.content !== 'none' && after.inset === '0px';
    return (stretched ? one.offsetParent : one).getBoundingClientRect();
  };

  // WCAG's exception: what stands in a line among words that are no target.
  const inSentence = (one) => {
    if (getComputedStyle(one).display !== 'inline') return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const targets = [...block.querySelectorAll(CONTROLS)].map((each) => each.innerText).join('');
    return block.innerText.replace(/\s/g, '').length > targets.replace(/\s/g, '').length;
  };

  const targets = () => {
    const wrong = [];
    const boxes = [];
    for (const one of controls()) {
      if (unseen(one) || one.tabIndex === 0 && !one.matches('a,button,summary,input,select,textarea')) continue;
      if (inSentence(one)) continue;
      const {left, top, right, bottom, width, height} = box(one);
      if (width < LEAST || height < LEAST) wrong.push(`${place(one)} is ${width.toFixed(1)} × ${height.toFixed(1)}`);
      boxes.push({one, left, top, right, bottom});
    }
    boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) wrong.push(`${place(a.one)} lies over ${place(b.one)}`);
    }));
    return wrong;
  };

  // What is scrolled sideways by itself may be wider: the pictures, and a table that has its own scroller.
  const wide = () => {
    const wrong = [];
    const {scrollWidth} = document.documentElement;
    if (scrollWidth > innerWidth) wrong.push(`the page is ${scrollWidth} wide`);
    for (const one of document.body.querySelectorAll('*')) {
      if (!shown(one) || one.closest('.slides,.scroll,svg') || unseen(one)) continue;
      const {left, right, width} = one.getBoundingClientRect();
      if (width && (right > innerWidth + 1 || left < -1)) wrong.push(`${place(one)} goes from ${left} to ${right}`);
    }
    return wrong;
  };

  // `.card-summary` shows three lines on purpose; its words are whole on the product's page.
  const cut = () => {
    const wrong = [];
    for (const one of document.body.querySelectorAll('*')) {
      if (!shown(one) || unseen(one) || one.closest('svg') || one.matches('.card-summary')) continue;
      const {overflowX, overflowY} = getComputedStyle(one);
      const [x, y] = [overflowX, overflowY].map((how) => how === 'hidden' || how === 'clip');
      if (y && one.scrollHeight > one.clientHeight + 1) wrong.push(`${place(one)} is cut below`);
      if (x && one.scrollWidth > one.clientWidth + 1) wrong.push(`${place(one)} is cut at its side`);
    }
    return wrong;
  };

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((of) => (of /= 255) <= 0.04045 ? of / 12.92 : ((of + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return 'rgb(255, 255, 255)';
  };

  const outlines = () => controls().flatMap((one) => {
    one.focus({focusVisible: true, preventScroll: true});
    if (document.activeElement !== one) return [`${place(one)} takes no focus`];
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(one);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return [`${place(one)} shows no focus`];
    const ratio = contrast(outlineColor, ground(one.parentElement));
    return ratio < 3 ? [`${place(one)} shows its focus at ${ratio.toFixed(2)}:1`] : [];
  });

  // Words so common that two of them make a sentence of their language; names of people and places have none.
  const COMMON = {
    vi: /(?<!\p{L})(là|của|và|không|được|những|các|trong|với|cho|từ|này|một|có|đã|chưa|người)(?!\p{L})/giu,
    en: /\b(the|of|and|is|are|was|with|from|this|that|for|by|in|to|has|not)\b/gi,
  };
  const foreign = () => {
    const wrong = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const {parentElement: one, data} = walk.currentNode;
      const lang = one.closest('[lang]').lang;
      const other = lang === 'vi' ? 'en' : 'vi';
      const count = (code) => (data.match(COMMON[code]) ?? []).length;
      if (count(other) >= 2 && count(other) > count(lang)) wrong.push(`${lang}: ${data.trim().slice(0, 60)}`);
    }
    return wrong;
  };

  // Two links of one name, in the same words and under the same label, that lead to two places cannot be told apart.
  const twins = () => {
    const led = new Map();
    const wrong = [];
    for (const one of document.querySelectorAll('main a[href]')) {
      const near = one.closest('li,dd,td,th,p') ?? one;
      const name = [one, near].map((each) => each.textContent.trim().replace(/\s+/g, ' ')).join(' in ');
      const key = `${name}, ${one.closest('[aria-label]')?.ariaLabel}`;
      const there = led.get(key) ?? one.href;
      if (there !== one.href) wrong.push(`“${name}” leads to ${there} and ${one.href}`);
      led.set(key, there);
    }
    return wrong;
  };

  const tables = () => [...document.querySelectorAll('table')].flatMap((one) => {
    const named = one.caption || one.closest('section,[aria-label]')?.matches('[aria-label],:has(h2,h3)');
    const heads = [...one.querySelectorAll('th')];
    const bare = heads.filter((head) => !head.textContent.trim() || !(head.scope || head.closest('thead')));
    return [...(named ? [] : ['a table without a name']), ...bare.map((head) => `no head of anything: ${head.outerHTML}`)];
  });

  const moving = () => [...document.body.querySelectorAll('*')].filter((one) => {
    const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(one);
    return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth';
  }).map(place);

  // Every stop of the keyboard, in the order in which it is reached.
  const stops = [];
  addEventListener('focusin', ({target}) => {
    const {left, top, right, bottom} = box(target);
    stops.push({place: place(target), left, right, top: top + scrollY, bottom: bottom + scrollY, at: controls().indexOf(target)});
  });

  window.measures = {targets, wide, cut, outlines, foreign, twins, tables, moving, stops, count: () => controls().length};
})();
