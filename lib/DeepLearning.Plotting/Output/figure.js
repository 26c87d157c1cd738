// Turns every .dl-figure on the page from its still picture into a live plot where plotly.js is at hand; safe to run any number of times.
(function () {
  'use strict';
  if (window.dlFigures) { window.dlFigures.scan(); return; }
  var dark = /*DARK*/{}, script = null;

  function isDark() {
    var body = document.body, theme = document.documentElement.dataset.theme;
    if (theme) return theme === 'dark';
    if (body.classList.contains('vscode-light') || body.classList.contains('vscode-high-contrast-light')) return false;
    if (body.classList.contains('vscode-dark') || body.classList.contains('vscode-high-contrast')) return true;
    if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === 'false';
    if (document.getElementById('notebook-container')) return false;
    return matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function themed(value, map, key) {
    if (typeof value === 'string') {
      if (map[value]) return map[value];
      return key === 'text' && value.indexOf('<span') >= 0 ? value.replace(/#[0-9a-f]{6}/g, function (c) { return map[c] || c; }) : value;
    }
    if (Array.isArray(value)) {
      if (value.length && typeof value[0] !== 'string' && typeof value[0] !== 'object') return value;
      return value.map(function (v) { return themed(v, map); });
    }
    if (value && typeof value === 'object') {
      var copy = {};
      Object.keys(value).forEach(function (k) { copy[k] = k === 'colorscale' ? value[k] : themed(value[k], map, k); });
      return copy;
    }
    return value;
  }

  // The layout for a width: the figure's own, or the widest of its narrower ones that the width has room for.
  function fitFor(figure, width) {
    var meta = figure.layout.meta.dl, fits = meta.fits || [];
    if (!fits.length || !width || width >= meta.width - 12) return null;
    return fits.find(function (fit) { return fit.width <= width + 8; }) || fits[fits.length - 1];
  }

  function placeBars(fit, trace, data) {
    var bar = fit && fit.bars[trace], whole = data.colorbar || (data.marker && data.marker.colorbar);
    if (bar && whole) Object.assign(whole, bar);
    return data;
  }

  function picture(figure, k, fit) {
    var whole = Object.assign({}, figure.layout, fit && fit.layout), meta = whole.meta.dl;
    delete whole.meta;
    var look = themed({ data: figure.data, layout: whole }, isDark() ? dark : {}), layout = look.layout;
    look.data.forEach(function (trace, i) { placeBars(fit, i, trace); });
    layout.paper_bgcolor = layout.plot_bgcolor = 'rgba(0,0,0,0)';
    if (meta.controls) {
      delete layout.sliders; delete layout.updatemenus;
      layout.height -= meta.controls; layout.margin = Object.assign({}, layout.margin, { b: layout.margin.b - meta.controls });
      change(figure, k, fit).forEach(function (c) { Object.assign(look.data[c.trace], c.data); });
    }
    return look;
  }

  // What each moving trace holds in frame k.
  function change(figure, k, fit) {
    var changes = [], reveal = figure.layout.meta.dl.reveal, frame = figure.frames[k];
    Object.keys(reveal).forEach(function (t) {
      var whole = figure.data[t], n = reveal[t][k], part = { x: whole.x.slice(0, n), y: whole.y.slice(0, n) };
      if (whole.z) part.z = whole.z.slice(0, n);
      changes.push({ trace: +t, data: part });
    });
    frame.traces.forEach(function (t, i) { changes.push({ trace: t, data: placeBars(fit, t, themed(frame.data[i], isDark() ? dark : {})) }); });
    return changes;
  }

  var icons = {
    play: 'M4 2.5v11l9-5.5z', pause: 'M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z', back: 'M12 2.5v11l-8-5.5z', forward: 'M3 2.5v11l7-5.5zM11 2.5h2v11h-2z'
  };

  // Drawn, not written: some systems show the letters ▶ and ◀ as coloured pictures.
  function button(icon, label, action) {
    var b = document.createElement('button');
    b.type = 'button'; b.onclick = action;
    b.style.cssText = 'display:inline-flex;align-items:center;justify-content:center;flex:none;box-sizing:border-box;width:38px;height:32px;margin:0;padding:0;border:1px solid currentColor;border-radius:6px;background:transparent;box-shadow:none;color:inherit;cursor:pointer;opacity:.85';
    show(b, icon, label);
    return b;
  }

  function show(b, icon, label) {
    b.innerHTML = '<svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" style="display:block"><path d="' + icons[icon] + '"/></svg>';
    b.title = label; b.setAttribute('aria-label', label);
  }

  function controls(box, plot, figure, fit) {
    var meta = figure.layout.meta.dl, last = figure.frames.length - 1, now = meta.start, timer = null, busy = false, wanted = null;
    var bar = document.createElement('div'), slider = document.createElement('input'), says = document.createElement('output');
    bar.className = 'dl-controls';
    bar.style.cssText = 'position:sticky;left:0;max-width:100%;box-sizing:border-box;display:flex;gap:8px;align-items:center;font:16px system-ui,sans-serif;padding:4px 8px';
    slider.type = 'range'; slider.min = 0; slider.max = last; slider.value = now; slider.style.cssText = 'flex:1;min-width:0'; slider.setAttribute('aria-label', 'frame');
    says.style.cssText = 'min-width:6em;font-variant-numeric:tabular-nums';
    function go(k) {
      now = Math.max(0, Math.min(last, k));
      box.dataset.frame = now; slider.value = now; says.textContent = meta.labels[now];
      if (busy) { wanted = now; return; }
      busy = true; wanted = null;
      var changes = change(figure, now, fit());
      Promise.resolve(window.Plotly.animate(plot, { data: changes.map(function (c) { return c.data; }), traces: changes.map(function (c) { return c.trace; }) },
        { mode: 'immediate', frame: { duration: 0, redraw: true }, transition: { duration: 0 } }))
        .catch(function () { }).then(function () { busy = false; if (wanted !== null) go(wanted); });
    }
    function pause() { clearInterval(timer); timer = null; show(play, 'play', 'play'); }
    function start() {
      if (now === last) go(0);
      show(play, 'pause', 'pause');
      timer = setInterval(function () {
        if (!document.contains(plot)) return pause();
        if (busy) return;
        if (now < last) go(now + 1); else pause();
      }, meta.milliseconds);
    }
    var play = button('play', 'play', function () { if (timer) pause(); else start(); });
    bar.append(play, button('back', 'one step back', function () { pause(); go(now - 1); }), button('forward', 'one step forward', function () { pause(); go(now + 1); }), slider, says);
    slider.oninput = function () { pause(); go(+slider.value); };
    says.textContent = meta.labels[now];
    box.dataset.frame = now;
    box.append(bar);
  }

  function live(box) {
    var source = box.querySelector('script.dl-json');
    if (source && !box.dataset.live) render(box, JSON.parse(source.textContent));
  }

  // Draws a figure's JSON into an element, in the place of the still picture if it holds one; in an element that was drawn before, it moves the
  // plot that is there. Returns a promise that ends when it is drawn. Needs window.Plotly.
  function render(box, figure) {
    if (box.dlUpdate && !figure.frames) return box.dlUpdate(figure);
    var still = box.querySelector('.dl-still');
    box.dataset.live = '1';
    box.classList.add('dl-figure');
    var plot = document.createElement('div'), meta = figure.layout.meta.dl, start = meta.start, fit = null;
    plot.className = 'dl-plot';
    plot.style.cssText = 'width:100%;min-width:' + narrowest(meta) + 'px';
    box.style.overflow = 'auto hidden';
    box.append(plot);
    function draw(how, k) {
      fit = fitFor(figure, plot.clientWidth);
      var look = picture(figure, k, fit);
      plot.style.height = look.layout.height + 'px';
      return how(plot, look.data, look.layout, Object.assign({}, figure.config, { displayModeBar: plot.clientWidth < 480 ? false : 'hover' }));
    }
    function again() { return draw(window.Plotly.react, +box.dataset.frame || start); }
    box.dlRetheme = again;
    if (!figure.frames) box.dlUpdate = function (next) { figure = next; return again(); };
    return draw(window.Plotly.newPlot, start).then(function () {
      if (still) still.style.display = 'none';
      if (figure.frames) controls(box, plot, figure, function () { return fit; });
      new ResizeObserver(function () { if (plot.clientWidth && fitFor(figure, plot.clientWidth) !== fit) again(); }).observe(plot);
    }, function (e) { console.error(e); plot.remove(); delete box.dataset.live; delete box.dlUpdate; });
  }

  // A plot keeps at least the width of its narrowest layout, and scrolls where the page has less.
  function narrowest(meta) {
    var fits = meta.fits || [];
    return fits.length ? fits[fits.length - 1].width - 30 : 0.7 * meta.width;
  }

  // On a page of a Jupyter server: the plotly.js that was installed there with the course's kernel.
  function fromJupyter() {
    var config = document.getElementById('jupyter-config-data');
    var base = (document.body && document.body.dataset.baseUrl) || (config && JSON.parse(config.textContent).baseUrl);
    return base && base + 'kernelspecs/deeplearning-csharp/plotly.min.js';
  }

  function scan(root) {
    var boxes = (root || document).querySelectorAll('.dl-figure:not([data-live])');
    if (!boxes.length) return;
    if (window.Plotly) { boxes.forEach(function (box) { live(box); }); return; }
    var amd = typeof window.define === 'function' && window.define.amd && typeof window.require === 'function';
    var url = window.dlPlotlyUrl || fromJupyter();
    if (amd && (url || (window.require.defined && window.require.defined('plotly')))) {
      window.require([url || 'plotly'], function (p) { window.Plotly = window.Plotly || p; scan(); }, function () { });
    } else if (url && !script) {
      script = document.createElement('script');
      script.src = url;
      script.onload = function () { scan(); };
      script.onerror = function () { script.remove(); script = null; };
      document.head.append(script);
    }
  }

  function retheme() { document.querySelectorAll('.dl-figure[data-live]').forEach(function (box) { if (box.dlRetheme) box.dlRetheme(); }); }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', retheme);
  new MutationObserver(retheme).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  function watchBody() { new MutationObserver(retheme).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-jp-theme-light'] }); }
  if (document.body) watchBody(); else document.addEventListener('DOMContentLoaded', watchBody);
  window.addEventListener('load', function () { scan(); });
  window.dlFigures = { scan: scan, render: render, retheme: retheme };
  scan();
})();
