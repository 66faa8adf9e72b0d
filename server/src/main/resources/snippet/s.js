/* Forestall in a page: <script defer src="https://HOST/s.js" data-key="fp_..."></script>
   consent({analytics}) identify(user, token) track(name, props) decide(flag) offers() shown(decision) on(show, fn) reset()
   Before consent nothing is stored on the device and nothing is said of what the visitor does. No field's value is ever read. */
(function (w, d, n) {
  'use strict';
  var tag = d.currentScript, key = tag.dataset.key, host = new URL(tag.src).origin;
  var collect = (tag.dataset.collect || 'page rage_click form_retry').split(/[\s,]+/);
  var ID = 'forestall.id', YES = 'forestall.consent';
  var waiting = [], queue = [], shows = {}, user = '', token = '', id = '', agreed = false, timer = 0;

  function kept(name, value) {
    try {
      if (value === undefined) return w.localStorage.getItem(name);
      if (value === null) w.localStorage.removeItem(name);
      else w.localStorage.setItem(name, value);
    } catch (blocked) { /* then it lives as long as the page */ }
    return null;
  }
  function fresh() {
    return w.crypto.randomUUID ? w.crypto.randomUUID()
      : 'v' + Array.from(w.crypto.getRandomValues(new Uint8Array(16)), function (b) { return (b + 256).toString(16).slice(1); }).join('');
  }
  // Who asks by their browser not to be watched is not watched, whatever a banner says.
  function mayWatch() { return agreed && !n.globalPrivacyControl; }

  function call(type, more) {
    var said = { type: type, messageId: fresh(), timestamp: new Date().toISOString(), anonymousId: id };
    if (user) said.userId = user;
    said.context = { locale: n.language, page: { path: w.location.pathname },
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    return Object.assign(said, more);
  }
  function send(said) {
    if (!agreed) { if (waiting.length < 100) waiting.push(said); return; }
    queue.push(said);
    if (queue.length >= 20) flush(); else if (!timer) timer = w.setTimeout(flush, 1000);
  }
  function flush(leaving) {
    w.clearTimeout(timer); timer = 0;
    while (queue.length) {
      // A page that is left may send 64 KB at most.
      var part = queue.splice(0, 20), body = JSON.stringify({ writeKey: key, sentAt: new Date().toISOString(), batch: part });
      if (leaving && n.sendBeacon && n.sendBeacon(host + '/v1/b', body)) continue;
      w.fetch(host + '/v1/b', { method: 'POST', body: body, keepalive: body.length < 60000, headers: { 'Content-Type': 'text/plain' } })
        .catch(again.bind(null, part));
    }
  }
  function again(part) { queue = part.concat(queue).slice(0, 200); if (!timer) timer = w.setTimeout(flush, 15000); }

  function watch(name, props) { if (collect.indexOf(name) >= 0 && mayWatch()) send(call('track', { event: name, properties: props || {} })); }
  function where(node) {
    if (!node || node.nodeType !== 1) return '';
    return node.tagName.toLowerCase() + (node.id ? '#' + node.id : '') + (node.name ? '[name=' + node.name + ']' : '');
  }

  function ask(path) {
    var context = { targetingKey: user || 'anonymousId:' + id };
    if (user && token) context.identityToken = token;
    return w.fetch(host + '/ofrep/v1/evaluate/flags' + path, { method: 'POST', body: JSON.stringify({ context: context }),
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + key } })
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error('' + answer.status)); });
  }
  function answer(flag) {
    var said = flag.value, about = flag.metadata || {};
    return { flag: flag.key, action: said.action, show: said.show || '', with: said.with || {},
      decision: about.decision || '', group: about.group || '', reason: flag.reason };
  }
  // Whatever goes wrong, the page goes on without help.
  function none(flag) { return { flag: flag, action: 'nothing', show: '', with: {}, decision: '', group: '', reason: 'ERROR' }; }
  function show(it) { (shows[it.show] || []).forEach(function (fn) { fn(it); }); return it; }

  var forestall = {
    consent: function (to) {
      agreed = !!(to && to.analytics);
      if (agreed) { kept(ID, id); kept(YES, '1'); queue = queue.concat(waiting.map(function (said) { said.anonymousId = id; return said; })); flush(); }
      else { kept(ID, null); kept(YES, null); queue = []; }
      waiting = [];
      if (collect.indexOf('page') >= 0 && mayWatch()) { send(call('page', { name: d.title, properties: {} })); flush(); }
    },
    identify: function (who, proof) { user = '' + who; token = proof || ''; send(call('identify', { traits: {} })); },
    track: function (name, props) { send(call('track', { event: name, properties: props || {} })); },
    decide: function (flag) {
      return ask('/' + encodeURIComponent(flag)).then(answer).then(show).catch(function () { return none(flag); });
    },
    offers: function () {
      return ask('').then(function (all) { return all.flags.map(answer); }).catch(function () { return []; });
    },
    shown: function (decision) {
      queue.push(call('track', { event: 'decision_shown', messageId: decision, properties: { decision: decision } }));
      flush();
    },
    on: function (name, fn) { (shows[name] = shows[name] || []).push(fn); },
    reset: function () { flush(); user = ''; token = ''; id = fresh(); kept(ID, agreed ? id : null); }
  };

  agreed = kept(YES) === '1';
  id = (agreed && kept(ID)) || fresh();
  if (agreed) forestall.consent({ analytics: true });

  var clicks = [], tries = new WeakMap(), began = Date.now();
  d.addEventListener('click', function (event) {
    var at = event.timeStamp;
    watch('click', { element: where(event.target) });
    clicks = clicks.filter(function (each) { return at - each.at < 1000 && each.on === event.target; });
    clicks.push({ at: at, on: event.target });
    if (clicks.length === 3) watch('rage_click', { element: where(event.target) });
  }, true);
  d.addEventListener('submit', function (event) {
    var count = (tries.get(event.target) || 0) + 1;
    tries.set(event.target, count);
    if (count > 1) watch('form_retry', { element: where(event.target), times: count });
  }, true);
  w.addEventListener('error', function (event) { watch('error', { file: (event.filename || '').replace(/[?#].*/, ''), line: event.lineno || 0 }); });
  w.addEventListener('pagehide', function () { watch('dwell', { seconds: Math.round((Date.now() - began) / 1000) }); flush(true); });
  w.forestall = forestall;
  d.dispatchEvent(new CustomEvent('forestall'));
})(window, document, navigator);
