// Put into a copy of a page by Browser.MeasureAsync: what is seen, as JSON in an element of its own.
(() => {
  const rgb = text => {
    const numbers = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return numbers.length > 3 ? numbers : [...numbers, 1];
  };
  const over = (top, below) => [0, 1, 2].map(n => top[n] * top[3] + below[n] * (1 - top[3]));
  const light = colour => {
    const [r, g, b] = colour.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(rgb(getComputedStyle(at).backgroundColor));
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const contrast = element => {
    const style = getComputedStyle(element), ground = behind(element);
    const colour = over(rgb(element.closest('svg') ? style.fill : style.color), ground);
    const [a, b] = [light(colour), light(ground)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('script, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 0) texts.push({ text: node.data.trim().slice(0, 60), parent, box });
    }
  }

  const lies = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  const overlaps = [];
  texts.forEach((a, n) => texts.slice(n + 1).forEach(b => { if (lies(a.box, b.box)) overlaps.push(a.text + ' | ' + b.text); }));
  const cut = texts.filter(t => {
    const frame = t.parent.closest('svg') || (t.parent.closest('.scroll') ? null : document.documentElement);
    const box = frame && frame.getBoundingClientRect();
    return box && (t.box.left < box.left - 1 || t.box.right > box.right + 1);
  }).map(t => t.text);
  const faint = texts.map(t => [t.text, contrast(t.parent)]).filter(t => t[1] < 4.5).map(t => t[0] + ': ' + t[1].toFixed(2));
  const pictures = [...document.querySelectorAll('svg')].map(svg => {
    const box = svg.getBoundingClientRect();
    const marks = svg.querySelectorAll('path, polyline, ellipse, rect, polygon').length;
    return { label: svg.getAttribute('aria-label'), shown: box.width > 20 && box.height > 0 && marks > 0 };
  });
  const result = {
    texts: texts.length, overlaps, cut, faint,
    charts: pictures.filter(p => p.shown).map(p => p.label),
    empty: pictures.filter(p => !p.shown).map(p => p.label),
    background: getComputedStyle(document.body).backgroundColor,
    overflow: document.documentElement.scrollWidth - innerWidth,
  };
  const place = document.createElement('script');
  place.id = 'measures';
  place.type = 'application/json';
  place.textContent = JSON.stringify(result).replace(/[<>&]/g, c => '&#' + c.charCodeAt(0) + ';');
  document.body.append(place);
})();
