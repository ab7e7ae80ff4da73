// What a browser may add. Every page works without it; nothing here is kept for public pages or passwords.
'use strict';

(() => {
  const body = document.body;
  const indonesian = document.documentElement.lang !== 'en';
  const say = (id, en) => (indonesian ? id : en);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const main = document.getElementById('main');
  const errors = document.querySelector('.errors');
  const who = body.dataset.who;
  const storage = (kind) => { try { return window[kind]; } catch { return null; } };
  const tab = storage('sessionStorage');
  const here = storage('localStorage');

  // Errors: the title says so, the summary has the focus, its links lead into the field.
  if (errors) {
    document.title = `${say('Keliru', 'Error')}: ${document.title}`;
    errors.focus();
    errors.addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest('.field') || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  // Work in progress, kept in this tab under the page's path until it is taken in, so that an expired session loses
  // nothing. Only where somebody is logged in; another person in the same tab finds nothing.
  const KEEP = 'telusur:keep:';
  const SENT = 'telusur:sent';
  const forms = main ? [...main.querySelectorAll('form[method="post"]')].filter((form) => !('leave' in form.dataset)) : [];
  const keyOf = (form) => `${KEEP}${location.pathname}#${forms.indexOf(form)}`;
  const kept = (form) => who && form.dataset.keep !== 'no' && !form.querySelector('input[type="password"]');
  const fieldsOf = (form) => [...form.elements].filter(
    (field) => field.name && !['hidden', 'password', 'file', 'submit', 'button', 'fieldset'].includes(field.type),
  );
  const valuesOf = (form) => fieldsOf(form).map((field) => (
    ['radio', 'checkbox'].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]
  ));
  const forget = (prefix) => {
    if (!tab) return;
    Object.keys(tab).filter((key) => key.startsWith(prefix)).forEach((key) => tab.removeItem(key));
  };
  const restore = (form, values) => {
    const left = fieldsOf(form);
    for (const [name, value, checked] of values) {
      const index = left.findIndex((field) => field.name === name && (checked === undefined || field.value === value));
      if (index < 0) continue;
      const [field] = left.splice(index, 1);
      if (checked === undefined) field.value = value; else field.checked = checked;
    }
  };

  let dirty = false;
  let sending = false;
  if (tab) {
    const sent = tab.getItem(SENT);
    tab.removeItem(SENT);
    if (who && tab.getItem('telusur:who') !== who) {
      forget('telusur:');
      tab.setItem('telusur:who', who);
    }
    // Taken in: this page is the answer to the form itself, and neither an error, nor a login, nor the form with faults.
    const from = document.referrer && new URL(document.referrer).pathname;
    const answers = sent && sent.startsWith(`${KEEP}${from}#`);
    if (answers && who && !('error' in body.dataset) && !(errors && from === location.pathname)) tab.removeItem(sent);
  }
  forms.forEach((form) => {
    const first = JSON.stringify(valuesOf(form));
    const stored = kept(form) && tab && tab.getItem(keyOf(form));
    if (stored && stored !== first && !errors) {
      restore(form, JSON.parse(stored));
      dirty = true;
      const undo = make('button', { type: 'button', className: 'link', textContent: say('Buang isian ini', 'Discard it') });
      const note = make('div', { className: 'notice' }, make('p', {
        textContent: say('Isian Anda yang belum terkirim dipulihkan. Berkas perlu dipilih lagi.',
          'What you had typed and not sent is back. Files have to be chosen again.'),
      }), undo);
      note.setAttribute('role', 'status');
      undo.addEventListener('click', () => {
        tab.removeItem(keyOf(form));
        restore(form, JSON.parse(first));
        dirty = false;
        note.remove();
      });
      form.before(note);
    }
    if (errors) dirty = true;
    let waiting;
    const keep = () => {
      clearTimeout(waiting);
      if (kept(form) && tab) { try { tab.setItem(keyOf(form), JSON.stringify(valuesOf(form))); } catch { /* full */ } }
    };
    form.addEventListener('input', () => {
      dirty = true;
      clearTimeout(waiting);
      waiting = setTimeout(keep, 400);
    });
    form.addEventListener('submit', () => {
      keep();
      if (kept(form) && tab) tab.setItem(SENT, keyOf(form));
    });
  });
  window.addEventListener('beforeunload', (event) => { if (dirty && !sending) event.preventDefault(); });
  document.querySelectorAll('form[action$="/logout/"]').forEach((form) => {
    form.addEventListener('submit', () => forget('telusur:'));
  });

  // Sent once: a second press while the first is under way does nothing. Files show that they are on their way.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === 'dialog') return;
    if (form.dataset.busy) { event.preventDefault(); return; }
    if (form.method === 'post') {
      form.dataset.busy = '1';
      // A form that is answered with a file leaves the page as it is.
      setTimeout(() => { delete form.dataset.busy; sending = false; }, 8000);
    }
    sending = true;
    if ([...form.elements].some((field) => field.type === 'file' && field.files.length)) {
      const words = say('Mengirim berkas. Biarkan halaman ini terbuka.', 'Sending files. Leave this page open.');
      form.querySelector('.sending')?.remove();
      const note = make('div', { className: 'sending' }, words, make('progress', { ariaLabel: words }));
      note.setAttribute('role', 'status');
      form.append(note);
    }
  });
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    sending = false;
    document.querySelectorAll('form[data-busy]').forEach((form) => {
      delete form.dataset.busy;
      form.querySelector('.sending')?.remove();
    });
  });

  // Files: which were chosen, how large, and whether they are too large, before anything is sent.
  const size = (bytes) => {
    const megabytes = bytes / 1048576;
    return megabytes >= 1
      ? `${new Intl.NumberFormat(say('id', 'en'), { maximumFractionDigits: 1 }).format(megabytes)} MB`
      : `${Math.max(1, Math.round(bytes / 1024))} kB`;
  };
  document.addEventListener('change', (event) => {
    const input = event.target;
    if (input.type !== 'file' || !input.dataset.limit) return;
    input.parentElement.querySelector('.chosen')?.remove();
    if (!input.files.length) return;
    const list = make('ul', { className: 'chosen' });
    list.setAttribute('aria-live', 'polite');
    let together = 0;
    for (const file of input.files) {
      together += file.size;
      const line = make('li', {}, `${file.name} (${size(file.size)})`);
      if (file.size > Number(input.dataset.limit)) {
        line.append(' ', make('strong', { className: 'tag tag--stop', textContent: say('terlalu besar', 'too large') }));
      }
      list.append(line);
    }
    if (together > Number(input.dataset.together)) {
      list.append(make('li', {}, make('strong', {
        className: 'tag tag--stop',
        textContent: say(`bersama ${size(together)}: terlalu besar`, `together ${size(together)}: too large`),
      })));
    }
    input.after(list);
  });

  // The session: told ten minutes before it ends, and when it has ended; work is kept meanwhile.
  const left = Number(body.dataset.sessionLeft);
  if (who && left > 0) {
    const bar = make('div', { className: 'session', hidden: true });
    bar.setAttribute('role', 'status');
    const words = make('p');
    const again = make('a', {
      href: `${document.querySelector('form[action$="/logout/"]')?.action.replace('logout', 'login') || '/'}?next=${encodeURIComponent(location.pathname)}`,
      className: 'button button--small', hidden: true, textContent: say('Masuk lagi', 'Log in again'),
    });
    bar.append(make('div', {}, words, again));
    body.append(bar);
    const ends = Date.now() + left * 1000;
    const look = () => {
      const minutes = Math.ceil((ends - Date.now()) / 60000);
      if (minutes > 10) return;
      bar.hidden = false;
      again.hidden = minutes > 0;
      const text = minutes > 0
        ? say(`Sesi Anda berakhir ${minutes} menit lagi. Isian di halaman ini disimpan di tab ini.`,
          `Your session ends in ${minutes} minutes. What you typed on this page is kept in this tab.`)
        : say('Sesi Anda sudah berakhir. Masuk lagi di tab ini; isian di halaman ini kembali sesudahnya.',
          'Your session has ended. Log in again in this tab; what you typed on this page comes back.');
      if (words.textContent !== text && (minutes <= 1 || minutes % 5 === 0 || !words.textContent)) words.textContent = text;
    };
    look();
    setInterval(look, 15000);
    again.addEventListener('click', () => { sending = true; });
  }

  // Keys: `/` searches, `?` shows the keys, j and k walk through rows. They can be switched off (WCAG 2.1.4).
  const OFF = 'telusur:keys-off';
  const rows = () => [...document.querySelectorAll('[data-rows] > tbody > tr, [data-rows] > li')].map((row) => row.querySelector('a, button')).filter(Boolean);
  let help;
  const showHelp = () => {
    if (!help) {
      const off = make('input', { type: 'checkbox', id: 'keys-off', checked: here?.getItem(OFF) === '1' });
      off.addEventListener('change', () => here?.setItem(OFF, off.checked ? '1' : '0'));
      const keys = make('dl', { className: 'keys' });
      for (const [key, words] of [
        ['/', say('ke kotak cari', 'to the search box')],
        ['j', say('baris berikutnya', 'next row')],
        ['k', say('baris sebelumnya', 'previous row')],
        ['?', say('bantuan ini', 'this help')],
        ['Esc', say('tutup', 'close')],
      ]) keys.append(make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: words }));
      help = make('dialog', {},
        make('h2', { id: 'keys-title', textContent: say('Pintasan papan tik', 'Keyboard shortcuts') }),
        keys,
        make('div', { className: 'choice' }, off, make('label', { htmlFor: 'keys-off', textContent: say('Matikan pintasan huruf', 'Switch letter shortcuts off') })),
        make('form', { method: 'dialog', className: 'button-row' }, make('button', { className: 'button', textContent: say('Tutup', 'Close') })));
      help.setAttribute('aria-labelledby', 'keys-title');
      body.append(help);
    }
    help.showModal();
  };
  document.querySelectorAll('[data-keys-help]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', showHelp);
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog')) return;
    if (here?.getItem(OFF) === '1') return;
    if (event.key === '/') {
      const search = document.querySelector('input[type="search"]');
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === '?') {
      event.preventDefault();
      showHelp();
    } else if (event.key === 'j' || event.key === 'k') {
      const all = rows();
      if (!all.length) return;
      event.preventDefault();
      const now = all.findIndex((link) => link === document.activeElement);
      const next = event.key === 'j' ? Math.min(now + 1, all.length - 1) : Math.max(now - 1, 0);
      all[next].focus();
    }
  });

  document.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });
})();
