// One press signs in as a demo visitor; the form stays as it is for everybody else.
for (const button of document.querySelectorAll('.demo-user')) {
  button.addEventListener('click', () => {
    document.getElementById('username').value = button.dataset.name
    document.getElementById('password').value = button.dataset.password
    document.querySelector('form.fields').requestSubmit()
  })
}
