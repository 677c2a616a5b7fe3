import { generateKeyPair, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A certificate authority of one run. Its private key is kept in memory only. */
export type Authority = {
  /** The authority's own certificate. */
  readonly pem: string;
  /** A certificate for host names or addresses, with its chain and key. */
  readonly certify: (names: readonly string[]) => Certified;
  readonly write: (folder: string) => Promise<AuthorityFiles>;
};

export type Certified = { readonly cert: string; readonly key: string };

export type AuthorityFiles = {
  /** The authority alone. For variables that extend a client's trust store: NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /**
   * The authority and the public authorities that Node trusts. For variables that replace a client's trust store:
   * AWS_CA_BUNDLE, SSL_CERT_FILE.
   */
  readonly bundleFile: string;
};

const validDays = 30;

type KeyPair = { readonly publicKey: string; readonly privateKey: string };

/** RSA with 2048 bits, which the oldest supported client accepts. */
const keyPair = (): Promise<KeyPair> =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** All certificates share one key: a run has one server. */
export const createAuthority = async (): Promise<Authority> => {
  const [ownKeys, serverKeys] = await Promise.all([keyPair(), keyPair()]);
  const name = [{ name: 'commonName', value: `kinesis-order ${randomBytes(4).toString('hex')}` }];
  const signer = forge.pki.privateKeyFromPem(ownKeys.privateKey);
  const sign = (subject: forge.pki.CertificateField[], publicKey: string, extensions: object[]): string => {
    const made = forge.pki.createCertificate();
    made.publicKey = forge.pki.publicKeyFromPem(publicKey);
    made.serialNumber = `01${randomBytes(15).toString('hex')}`;
    made.validity.notBefore = new Date(Date.now() - day);
    made.validity.notAfter = new Date(Date.now() + validDays * day);
    made.setSubject(subject);
    made.setIssuer(name);
    made.setExtensions(extensions);
    made.sign(signer, forge.md.sha256.create());
    return forge.pki.certificateToPem(made);
  };
  const pem = sign(name, ownKeys.publicKey, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const certified = new Map<string, Certified>();
  return {
    pem,
    write: (folder) => writePem(pem, folder),
    certify: (names) => {
      const known = certified.get(names.join());
      if (known !== undefined) return known;
      const cert = sign([{ name: 'commonName', value: names[0] ?? 'localhost' }], serverKeys.publicKey, [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names.map(altName) },
      ]);
      const made = { cert: cert + pem, key: serverKeys.privateKey };
      certified.set(names.join(), made);
      return made;
    },
  };
};

const day = 86_400_000;

/** RFC 5280, 4.2.1.6: 2 is a DNS name, 7 an address. */
const altName = (name: string): object => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name });

const writePem = async (pem: string, folder: string): Promise<AuthorityFiles> => {
  const caFile = join(folder, 'ca.pem');
  const bundleFile = join(folder, 'ca-bundle.pem');
  await Promise.all([writeFile(caFile, pem), writeFile(bundleFile, [pem, ...rootCertificates].join('\n'))]);
  return { caFile, bundleFile };
};
