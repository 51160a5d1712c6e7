// The page can be read without this: it sorts and filters the long lists, and opens what is folded before printing.
'use strict';
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    const value = row => row.cells[column].dataset.value ?? row.cells[column].textContent;
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
      for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up === 1 ? 'ascending' : 'descending');
      const order = new Intl.Collator('en', { numeric: true });
      const rows = [...body.rows].map(row => [value(row), row]);
      rows.sort((a, b) => up * order.compare(a[0], b[0]));
      body.append(...rows.map(pair => pair[1]));
    });
  });
}
for (const part of document.querySelectorAll('[data-filter]')) {
  const input = document.createElement('input');
  input.type = 'search';
  input.className = 'filter';
  input.placeholder = part.dataset.filter;
  input.setAttribute('aria-label', part.dataset.filter);
  const rows = [...part.querySelectorAll('tbody tr')];
  if (rows.length < 10) continue;
  const texts = rows.map(row => row.textContent.toLowerCase());
  const folds = [...part.querySelectorAll('details')].map(fold => [fold, fold.open, [...fold.querySelectorAll('tbody tr')]]);
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    rows.forEach((row, i) => { row.hidden = !texts[i].includes(wanted); });
    for (const [fold, open, inside] of folds) {
      const some = inside.some(row => !row.hidden);
      fold.hidden = !some;
      fold.open = wanted ? some : open;
    }
  });
  if (part.tagName === 'TABLE') part.before(input); else part.querySelector('h3').after(input);
}
addEventListener('beforeprint', () => { for (const fold of document.querySelectorAll('details')) fold.open = true; });
