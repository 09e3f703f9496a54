// Passkeys in the browser: signing in with one, and adding one to an account. The page says in words what happens.

class Refused extends Error {
  override name = 'Refused'
}

/** `refused` says what a refusal means where it is asked. */
async function ask<Answer>(path: string, refused: 'recent' | 'unknown', body?: object): Promise<Answer> {
  const send = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(`/auth/passkey/${path}`, body && send)
  if (!answer.ok) throw new Refused(answer.status === 429 ? 'often' : refused)
  return await answer.json()
}

const asJson = (made: Credential | null): unknown => (made instanceof PublicKeyCredential ? made.toJSON() : undefined)

async function signIn(): Promise<void> {
  const options = await ask<PublicKeyCredentialRequestOptionsJSON>('generate-authenticate-options', 'unknown')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  await ask('verify-authentication', 'unknown', { response: asJson(await navigator.credentials.get({ publicKey })) })
}

async function add(name: string): Promise<void> {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>('generate-register-options', 'recent')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  await ask('verify-registration', 'unknown', {
    name,
    response: asJson(await navigator.credentials.create({ publicKey })),
  })
}

const said: Readonly<Record<string, string>> = {
  NotAllowedError: 'Nothing was done: it was cancelled, or there is no passkey for this site on this device.',
  InvalidStateError: 'This device holds a passkey for your account already.',
  recent: 'For this you must have signed in within the last day. Sign out, sign in again, then try once more.',
  unknown: 'This passkey was not accepted. You can sign in with a link by mail instead.',
  often: 'That was too often in a short time. Wait a minute, then try again.',
}

function reason(fault: unknown): string {
  const key = fault instanceof Refused ? fault.message : fault instanceof DOMException ? fault.name : ''
  return said[key] ?? 'That did not work. Try again in a minute.'
}

const isSupported = (): boolean =>
  'PublicKeyCredential' in window && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'

/** `data-passkey` says what the button does; `data-next` where to go when it is done. */
function wire(place: HTMLElement): void {
  const status = place.querySelector<HTMLElement>('[data-status]')
  const button = place.querySelector('button')
  if (!status || !button) return
  for (const part of place.querySelectorAll<HTMLElement>('[data-without]')) part.hidden = true
  for (const part of place.querySelectorAll<HTMLElement>('[data-with]')) part.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Waiting for your device …'
    try {
      await (place.dataset.passkey === 'sign-in'
        ? signIn()
        : add(place.querySelector('input')?.value.trim() || 'Passkey'))
      location.assign(place.dataset.next ?? '/desk')
    } catch (fault) {
      status.textContent = reason(fault)
      button.disabled = false
    }
  })
}

if (isSupported()) for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) wire(place)
