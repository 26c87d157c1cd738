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

  function picture(figure, k) {
    var look = themed({ data: figure.data, layout: figure.layout }, isDark() ? dark : {});
    var meta = look.layout.meta.dl, layout = look.layout;
    layout.paper_bgcolor = layout.plot_bgcolor = 'rgba(0,0,0,0)';
    if (meta.controls) {
      delete layout.sliders; delete layout.updatemenus;
      layout.height -= meta.controls; layout.margin.b -= meta.controls;
      change(figure, k).forEach(function (c) { Object.assign(look.data[c.trace], c.data); });
    }
    return look;
  }

  // A title wider than the plot goes on in a further line, above a plot of the same height.
  function wrapTitle(layout, width) {
    var title = layout.title, text = title && title.text, lines = [];
    if (!text || !title.font || !width) return;
    var size = title.font.size, room = Math.max(12, Math.floor((width - 32) / (0.62 * size))), before = text.split('<br>');
    before.forEach(function (line) {
      var bare = 0, now = '';
      line.split(' ').forEach(function (word) {
        var length = word.replace(/<[^>]*>/g, '').length;
        if (now && bare + 1 + length > room) { lines.push(now); now = word; bare = length; } else { now += (now ? ' ' : '') + word; bare += 1 + length; }
      });
      lines.push(now);
    });
    var more = (lines.length - before.length) * size * 1.3;
    title.text = lines.join('<br>');
    layout.margin.t += more;
    layout.height += more;
  }

  // What each moving trace holds in frame k.
  function change(figure, k) {
    var changes = [], reveal = figure.layout.meta.dl.reveal, frame = figure.frames[k];
    Object.keys(reveal).forEach(function (t) {
      var whole = figure.data[t], n = reveal[t][k], part = { x: whole.x.slice(0, n), y: whole.y.slice(0, n) };
      if (whole.z) part.z = whole.z.slice(0, n);
      changes.push({ trace: +t, data: part });
    });
    frame.traces.forEach(function (t, i) { changes.push({ trace: t, data: themed(frame.data[i], isDark() ? dark : {}) }); });
    return changes;
  }

  function button(text, label, action) {
    var b = document.createElement('button');
    b.type = 'button'; b.textContent = text; b.title = label; b.setAttribute('aria-label', label); b.onclick = action;
    b.style.cssText = 'font:16px/1 system-ui,sans-serif;min-width:36px;height:32px;padding:0 8px;border:1px solid currentColor;border-radius:6px;background:transparent;color:inherit;cursor:pointer;opacity:.85';
    return b;
  }

  function controls(box, plot, figure) {
    var meta = figure.layout.meta.dl, last = figure.frames.length - 1, now = meta.start, timer = null, busy = false, wanted = null;
    var bar = document.createElement('div'), slider = document.createElement('input'), says = document.createElement('output');
    bar.className = 'dl-controls';
    bar.style.cssText = 'display:flex;gap:8px;align-items:center;font:16px system-ui,sans-serif;padding:4px 8px';
    slider.type = 'range'; slider.min = 0; slider.max = last; slider.value = now; slider.style.flex = '1'; slider.setAttribute('aria-label', 'frame');
    says.style.cssText = 'min-width:7em;font-variant-numeric:tabular-nums';
    function show(k) {
      now = Math.max(0, Math.min(last, k));
      box.dataset.frame = now; slider.value = now; says.textContent = meta.labels[now];
      if (busy) { wanted = now; return; }
      busy = true; wanted = null;
      var changes = change(figure, now);
      Promise.resolve(window.Plotly.animate(plot, { data: changes.map(function (c) { return c.data; }), traces: changes.map(function (c) { return c.trace; }) },
        { mode: 'immediate', frame: { duration: 0, redraw: true }, transition: { duration: 0 } }))
        .catch(function () { }).then(function () { busy = false; if (wanted !== null) show(wanted); });
    }
    function pause() { clearInterval(timer); timer = null; play.textContent = '▶'; play.title = 'play'; play.setAttribute('aria-label', 'play'); }
    function start() {
      if (now === last) show(0);
      play.textContent = '❚❚'; play.title = 'pause'; play.setAttribute('aria-label', 'pause');
      timer = setInterval(function () {
        if (!document.contains(plot)) return pause();
        if (busy) return;
        if (now < last) show(now + 1); else pause();
      }, meta.milliseconds);
    }
    var play = button('▶', 'play', function () { if (timer) pause(); else start(); });
    bar.append(play, button('◀', 'one step back', function () { pause(); show(now - 1); }), button('▶|', 'one step forward', function () { pause(); show(now + 1); }), slider, says);
    slider.oninput = function () { pause(); show(+slider.value); };
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
    var plot = document.createElement('div'), start = figure.layout.meta.dl.start;
    plot.className = 'dl-plot';
    plot.style.width = '100%';
    box.append(plot);
    function draw(how, k) {
      var look = picture(figure, k);
      wrapTitle(look.layout, plot.clientWidth);
      plot.style.height = look.layout.height + 'px';
      return how(plot, look.data, look.layout, figure.config);
    }
    box.dlRetheme = function () { draw(window.Plotly.react, +box.dataset.frame || start); };
    if (!figure.frames) box.dlUpdate = function (next) { figure = next; return draw(window.Plotly.react, next.layout.meta.dl.start); };
    return draw(window.Plotly.newPlot, start).then(function () {
      if (still) still.style.display = 'none';
      if (figure.frames) controls(box, plot, figure);
    }, function (e) { console.error(e); plot.remove(); delete box.dataset.live; delete box.dlUpdate; });
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
