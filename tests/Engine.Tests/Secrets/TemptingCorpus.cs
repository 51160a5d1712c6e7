using System.Text;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>Files that look as if they held secrets and hold none.</summary>
internal static class TemptingCorpus
{
    public sealed record Case(string What, string Path, byte[] Content);

    /// <summary>Random bodies in them: each is made several times.</summary>
    static readonly (string What, int Times, string Path, string Text)[] Random =
    [
        ("a hash", 8, "app/SHA256SUMS", "{h64}  app.tar.gz\n{h64}  app.zip\n"),
        ("a hash", 4, "app/MD5SUMS", "{h32}  usr/share/doc/token\n{h32}  usr/bin/password-store\n"),
        ("a hash in code", 4, "app/build.py", "EXPECTED = \"{h64}\"\nassert digest == \"{h40}\"\n"),
        ("a git commit", 6, "app/version.json", "{\"commit\":\"{h40}\",\"tree\":\"{h40}\",\"branch\":\"main\"}"),
        ("a UUID", 8, "app/data.json", "{\"id\":\"{g}\",\"parent\":\"{g}\",\"token_id\":\"{g}\"}"),
        ("an image in base64", 8, "app/style.css", ".icon{background:url(data:image/png;base64,iVBORw0KGgo{b900}=)}"),
        ("a font in base64", 4, "app/font.css", "@font-face{src:url(data:font/woff2;base64,d09GMgABAAAAA{b2000}==)}"),
        ("a source map", 4, "app/main.js", "function a(){}\n//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpb{b600}=="),
        ("an npm lock file", 8, "app/package-lock.json", "{\"packages\":{\"node_modules/a\":{\"version\":\"1.2.3\",\"resolved\":\"https://registry.npmjs.org/a/-/a-1.2.3.tgz\",\"integrity\":\"sha512-{b86}==\"},\"node_modules/token\":{\"integrity\":\"sha1-{b27}=\"}}}"),
        ("a yarn lock file", 4, "app/yarn.lock", "\"jsonwebtoken@^9.0.0\":\n  version \"9.0.2\"\n  resolved \"https://registry.yarnpkg.com/jsonwebtoken/-/jsonwebtoken-9.0.2.tgz#{h40}\"\n  integrity sha512-{b86}==\n"),
        ("a pnpm lock file", 3, "app/pnpm-lock.yaml", "  /secret-stack@8.0.0:\n    resolution: {integrity: sha512-{b86}==}\n"),
        ("a Cargo lock file", 4, "app/Cargo.lock", "[[package]]\nname = \"secrecy\"\nversion = \"0.8.0\"\nchecksum = \"{h64}\"\n"),
        ("a Poetry lock file", 4, "app/poetry.lock", "files = [\n    {file = \"token-1.0.whl\", hash = \"sha256:{h64}\"},\n]\n"),
        ("a go.sum", 6, "app/go.sum", "github.com/golang-jwt/jwt/v5 v5.2.0 h1:{b43}=\ngithub.com/golang-jwt/jwt/v5 v5.2.0/go.mod h1:{b43}=\n"),
        ("a Gemfile lock", 3, "app/Gemfile.lock", "CHECKSUMS\n  jwt (2.8.0) sha256={h64}\n"),
        ("a NuGet lock file", 4, "app/packages.lock.json", "{\"dependencies\":{\"A\":{\"contentHash\":\"{b86}==\"}}}"),
        ("a certificate", 8, "etc/ssl/certs/ca.pem", "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE{b44}\n{k16}\n{b40}\n-----END CERTIFICATE-----\n"),
        ("a certificate request", 3, "app/server.csr", "-----BEGIN CERTIFICATE REQUEST-----\nMIICijCCAXICAQAwRTEL{b44}\n{k12}\n-----END CERTIFICATE REQUEST-----\n"),
        ("a public key", 4, "app/key.pub.pem", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{b32}\n{k5}\n-----END PUBLIC KEY-----\n"),
        ("an SSH public key", 4, "root/.ssh/id_rsa.pub", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB{b340} deploy@shop\n"),
        ("an OpenPGP public key", 4, "etc/apt/keyrings/shop.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBF{b58}\n{k30}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"),
        ("an OpenPGP signature", 3, "app/a.asc", "-----BEGIN PGP SIGNATURE-----\n\niQIzBAABCAAdFiEE{b48}\n{k8}\n-----END PGP SIGNATURE-----\n"),
        ("DH parameters", 2, "etc/ssl/dhparam.pem", "-----BEGIN DH PARAMETERS-----\nMIIBCAKCAQEA{b52}\n{k5}\n-----END DH PARAMETERS-----\n"),
        ("a public JSON web key", 3, "app/jwks.json", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"{A20}\",\"use\":\"sig\",\"n\":\"{u340}\",\"e\":\"AQAB\"}]}"),
        ("known hosts", 2, "root/.ssh/known_hosts", "|1|{b27}=|{b27}= ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB{b80}=\n"),
        ("a hashed password", 4, "etc/shadow", "root:$6${A16}${A86}:19700:0:99999:7:::\napp:!:19700::::::\n"),
        ("a content security policy", 3, "app/index.html", "<meta content=\"script-src 'sha256-{b43}=' 'nonce-{A16}'\"><script integrity=\"sha384-{b64}\" src=\"a.js\"></script>"),
        ("an entity tag", 3, "app/cache.json", "{\"etag\":\"W/\\\"{A27}\\\"\",\"cacheKey\":\"{h40}\"}"),
        ("a name with a hash", 6, "app/manifest.json", "{\"main.js\":\"/static/main.{h20}.js\",\"token.js\":\"/static/token-{A8}.js\"}"),
        ("an analytics id", 4, "app/index.html", "<script>gtag('config','G-{U10}');fbq('init','{d15}');Sentry.init({dsn:\"https://{h32}@o{d6}.ingest.sentry.io/{d7}\"})</script>"),
        ("a publishable key", 4, "app/main.js", "var stripe=Stripe(\"pk_live_{A24}\"),m=new Map(\"pk.eyJ1Ijoic2hvcCJ9.{A22}\");"),
        ("a test key", 4, "app/spec.js", "const stripe=require('stripe')('sk_test_{A24}')"),
        ("a token that is too short", 4, "app/a.txt", "ghp_{A20} glpat-{A10} npm_{A12} xoxb-{d4} SG.{A8}.{A8} hf_{A10}\n"),
        ("a token inside a word", 4, "app/a.bin.b64", "{b200}AKIA{A200}\n{b100}ghp{b200}\n"),
        ("random bytes in base64", 6, "app/blob.txt", "{k40}\n"),
        ("random hexadecimal digits", 4, "app/blob.hex", "{h4000}\n"),
        ("a protobuf descriptor", 3, "app/api_pb2.py", "DESCRIPTOR = _pool.AddSerializedFile(b'\\n\\x0b{A40}\\x12\\x05token\"\\x1f\\n{A30}')\n"),
        ("a test vector", 3, "app/aes_test.txt", "KEY = {h32}\nIV = {h32}\nPLAINTEXT = {h64}\n"),
        ("a translation key", 3, "app/messages.json", "{\"login.password.label\":\"Password\",\"{A12}\":\"Token expired\"}"),
        ("an Ethereum address", 3, "app/contracts.json", "{\"token\":\"0x{h40}\",\"abi\":\"{h8}\"}".Replace("\"token\"", "\"contract\"", StringComparison.Ordinal)),
        ("a Docker digest", 4, "app/compose.yml", "image: postgres:16@sha256:{h64}\n"),
        ("an AWS resource", 4, "app/stack.yml", "KmsKey: arn:aws:kms:eu-west-1:{d12}:key/{g}\nSecretArn: arn:aws:secretsmanager:eu-west-1:{d12}:secret:shop-{A6}\n"),
        ("an expired session name", 2, "app/log.txt", "session {A26} opened, request id {g}, trace {h32}\n"),
    ];

    static readonly string[] Names = ["DB_PASSWORD", "API_KEY", "SECRET_KEY", "AUTH_TOKEN", "SMTP_PASSWORD", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "STRIPE_SECRET"];

    /// <summary>What stands in the place of a value.</summary>
    static readonly string[] Stands =
    [
        "${VAULT_DB_PASSWORD_2}", "$DB_PASSWORD_V2", "$(cat /run/secrets/db-1)", "{{ .Values.db.password1 }}", "%DB_PASSWORD_2%", "<your-password-1-here>", "changeme123", "your_password_here_1",
        "xxxxxxxxxxxx1234", "********", "REPLACE_ME_2024", "example-password-1", "/run/secrets/db_password_1", "file:///etc/secrets/db1", "vault:secret/data/db#password1", "",
        "null", "not-a-real-token-1", "ENC[AES256_GCM,data:...]", "placeholder1234", "password123", "s3cr3t", "test1234", "dummy-token-42",
    ];

    /// <summary>Whole files.</summary>
    static readonly (string What, string Path, string Text)[] Whole =
    [
        ("a translation", "app/de.json", "{\"password\":\"Passwort\",\"passwordConfirm\":\"Passwort wiederholen\",\"token\":\"Zeichen\",\"secret\":\"Geheimnis\"}"),
        ("a translation", "app/fr.json", "{\n  \"password\": \"Mot de passe\",\n  \"forgotPassword\": \"Mot de passe oublié ?\",\n  \"apiKey\": \"Clé d’API\"\n}"),
        ("a translation", "app/es.yml", "es:\n  password: Contraseña\n  token: Ficha\n  secret: 'Secreto compartido'\n"),
        ("a translation", "app/ja.properties", "login.password=\\u30d1\\u30b9\\u30ef\\u30fc\\u30c9\nlogin.token=\\u30c8\\u30fc\\u30af\\u30f3\n"),
        ("a translation", "app/pl.po", "msgid \"Password\"\nmsgstr \"Hasło\"\n"),
        ("a translation", "app/nl.json", "{\"password\":\"Wachtwoord2\",\"oauth2Token\":\"OAuth2-token\"}"),
        ("a form", "app/form.html", "<input type=\"password\" name=\"password\" autocomplete=\"current-password\"><input name=\"csrf_token\" type=\"hidden\">"),
        ("a form", "app/form.jsx", "<Field name=\"password1\" type=\"password\" label=\"Password\" secret={secret1} />"),
        ("CSS", "app/a.css", ".password-strength--level2{color:#1a2b3c}.token-string{color:#690}#secret-key-1{width:calc(100% - 20px)}"),
        ("CSS", "app/b.css", "@media(min-width:640px){.token.password:after{content:\"\\f023\"}}"),
        ("an SVG path", "app/a.svg", "<svg><path id=\"key\" d=\"M12.5 3.2L8 21h-1.4l2.1-8.6C7.9 10.1a2.5 2.5 0 0 1 3.8-6.9z\"/></svg>"),
        ("an SVG path", "app/b.svg", "<svg viewBox=\"0 0 24 24\"><title>secret key</title><path d=\"M7 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm5.65-4A6 6 0 1 0 7 18\"/></svg>"),
        ("minified code", "app/a.min.js", "!function(e){var t=e.token,n=t.password||\"\",r={token:t,secret:n,apiKey:e.apiKey};e.exports=function(e){return r[e]}}({});"),
        ("minified code", "app/b.min.js", "const Gt=\"password\",Kt=\"secret_key\",Qt=\"access_token\";function Zt(t){return t.headers.Authorization=\"Bearer \"+t.token}"),
        ("minified code", "app/c.min.js", "e.auth={user:a.user,pass:a.password};fetch(\"https://\"+e+\":\"+t+\"@\"+n.host)"),
        ("minified code", "app/d.min.js", "var sk_live_=1,AKIAS=2,ghp_=\"prefix\",xoxb=\"xoxb-\";if(/^(?:AKIA|ASIA)[A-Z0-9]{16}$/.test(e))throw Error(\"no keys\")"),
        ("minified code", "app/e.min.js", "t.exports={url:`postgres://${e.user}:${e.password}@${e.host}:5432/${e.db}`,auth:`Bearer ${e.token}`}"),
        ("minified code", "app/f.min.js", "case\"sk-proj-\":case\"sk-ant-\":return!0;default:return\"SG.\"===e||\"AIza\"===t||\"glpat-\"===n"),
        ("code", "app/a.py", "password = getpass.getpass()\ntoken = os.environ[\"TOKEN_V2\"]\nsecret = config.get(\"secret2\")\napi_key = settings.API_KEY_2\n"),
        ("code", "app/b.py", "def login(user: str, password: str = None, token: Optional[str] = None) -> Token2:\n    secret = secrets.token_hex(32)\n    return jwt.encode(payload, secret, algorithm=\"HS256\")\n"),
        ("code", "app/c.go", "token := os.Getenv(\"GITHUB_TOKEN\")\nreq.Header.Set(\"Authorization\", \"Bearer \"+token)\nsecret := rand.Text()\n"),
        ("code", "app/d.java", "private static final String PASSWORD = \"password\";\nString token = request.getParameter(\"token1\");\nbyte[] secret = Base64.decode(key64);\n"),
        ("code", "app/e.cs", "var password = Environment.GetEnvironmentVariable(\"DB_PASSWORD\");\nservices.AddJwt(o => o.SecretKey = config[\"Jwt:Key2\"]);\n"),
        ("code", "app/f.rb", "password = ENV.fetch('DB_PASSWORD')\ntoken = SecureRandom.hex(20)\nuri = URI(\"https://#{user}:#{password}@#{host}\")\n"),
        ("code", "app/g.php", "<?php\n$password = $_POST['password1'];\n$token = md5(uniqid());\ndefine('DB_PASSWORD', getenv('DB_PASSWORD'));\n"),
        ("code", "app/h.rs", "let token = std::env::var(\"API_TOKEN\")?;\nlet secret = Secret::new(buf64);\nlet password: Password2 = prompt();\n"),
        ("code", "app/i.ts", "const apiKey: string = process.env.API_KEY_V1!;\ninterface A { password: string; token?: Token2; secret: Uint8Array }\n"),
        ("code", "app/j.c", "#define PASSWORD_MAX 128\nstatic const char *secret = NULL;\ntoken = strtok(buf2, \":\");\nif (key == PKCS8_KEY) password = prompt_v2();\n"),
        ("code", "app/k.sh", "TOKEN=$(curl -s https://id.example/token | jq -r .access_token2)\nPASSWORD=\"${1:-}\"\nSECRET=`openssl rand -hex 32`\nread -rs API_KEY\n"),
        ("code", "app/l.sh", "TOKEN_FILE=/run/secrets/token1\nPASSWORD=\nexport SECRET_NAME=shop-db-2\ncurl -u \"$USER:$PASSWORD\" https://x.example\n"),
        ("code", "app/m.kt", "val password = \"password\"\nval secretKeySpec = SecretKeySpec(bytes16, \"HmacSHA256\")\n"),
        ("code", "app/n.lua", "local token = ngx.var.cookie_token2\nlocal secret = conf.secret or secrets[1]\n"),
        ("code", "app/o.pas", "  FPassword: UTF8String;\n  FToken: Int64;\n"),
        ("generated code", "app/p.py", "openapi_types = {\n    'secret': 'V1SecretVolumeSource',\n    'token': 'V1TokenRequest',\n    'password': 'str'\n}\n"),
        ("Kubernetes", "app/a.yaml", "env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: shop-db-v2\n        key: password\n"),
        ("Kubernetes", "app/b.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: token-reader-2\nstringData: {}\n"),
        ("Kubernetes", "app/c.yaml", "imagePullSecrets:\n  - name: registry-key-1\nserviceAccountName: token-reviewer\nsecretName: shop-tls-2024\n"),
        ("Kubernetes", "app/d.yaml", "kind: SealedSecret\nspec:\n  template:\n    type: kubernetes.io/dockerconfigjson\n"),
        ("Helm", "app/values.yaml", "auth:\n  existingSecret: shop-auth\n  password: \"\"\n  secretKeys:\n    adminPasswordKey: postgres-password\n"),
        ("Terraform", "app/main.tf", "variable \"db_password\" {\n  type = string\n  sensitive = true\n}\nresource \"x\" \"y\" {\n  password = var.db_password_v2\n  token = data.vault.token.v1\n}\n"),
        ("Compose", "app/compose.yml", "environment:\n  POSTGRES_PASSWORD_FILE: /run/secrets/pg1\n  API_TOKEN: ${API_TOKEN:?unset}\nsecrets:\n  pg1:\n    file: ./pg1.txt\n"),
        ("GitHub Actions", "app/ci.yml", "env:\n  GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n  NPM_TOKEN: ${{ secrets.NPM_TOKEN_2 }}\nwith:\n  token: ${{ github.token }}\n"),
        ("Ansible", "app/vars.yml", "db_password: \"{{ vault_db_password_1 }}\"\nansible_become_pass: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3034613635\n"),
        ("Spring", "app/application.yml", "spring:\n  datasource:\n    password: ${DB_PASSWORD:password1}\n  security:\n    oauth2:\n      client-secret: ${OAUTH2_SECRET}\n"),
        ("a .NET configuration", "app/web.config", "<assemblyIdentity name=\"Newtonsoft.Json\" publicKeyToken=\"30ad4fe6b2a6aeed\" culture=\"neutral\" />"),
        ("a .NET configuration", "app/a.config", "publicKeyToken=b77a5c561934e089\n"),
        ("an npmrc", "root/.npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\nalways-auth=true\n"),
        ("a pypirc", "root/.pypirc", "[pypi]\nusername = __token__\npassword = ${PYPI_TOKEN}\n"),
        ("a netrc", "doc.txt", "machine example.com login anonymous password user@example.com\n".Replace("user@example.com", "your-email-here", StringComparison.Ordinal)),
        ("a Docker configuration", "root/.docker/config.json", "{\"auths\":{\"ghcr.io\":{}},\"credsStore\":\"desktop\",\"credHelpers\":{\"gcr.io\":\"gcloud\"}}"),
        ("a Docker configuration", "root/.docker/config.json", "{\"auths\":{\"r.example\":{\"auth\":\"dXNlcjpwYXNzd29yZA==\"}}}"),
        ("a Maven configuration", "root/.m2/settings.xml", "<server><id>a</id><username>u</username><password>${env.MAVEN_PASSWORD}</password></server>"),
        ("a Maven configuration", "etc/maven/settings.xml", "<!-- <server><id>deploymentRepo</id><username>repouser</username><password>repopwd</password></server> -->"),
        ("a Maven configuration", "root/.m2/settings.xml", "<server><id>a</id><password>{COQLCE6DU6GtcS5P=}</password></server>"),
        ("a URL", "app/a.txt", "see https://example.com/a:b@c and mailto:me@example.com and https://user@host/path:8080/@scope/x\n"),
        ("a URL", "app/b.txt", "git+ssh://git@github.com:22/shop/a.git ssh://git@host:2222/x https://unpkg.com/react@18.2.0/umd/react.js\n"),
        ("a URL", "app/c.txt", "postgres://user:password@localhost/db mysql://root:root@127.0.0.1/test amqp://guest:guest@localhost:5672\n"),
        ("a URL", "app/d.txt", "https://<user>:<password>@host/ https://user:pass@example.com/ redis://:secret@localhost mongodb://admin:changeme@db\n"),
        ("a URL", "app/e.txt", "http://[user]:[password]@[host]:[port]/ scheme://username:password@host.name:123/path?query#fragment\n"),
        ("a URL", "app/f.txt", "proxy=http://%(user)s:%(password)s@%(host)s:3128 url=http://{user}:{pw1}@{host}\n"),
        ("a URL", "app/g.txt", "https://fonts.example/css?family=A:400,700&display=swap@2x https://cdn.example/npm/pkg@1.2.3:latest\n"),
        ("a connection string", "app/a.json", "{\"Default\":\"Server=localhost;Database=shop;User Id=sa;Password=<YourStrong!Passw0rd>;\"}"),
        ("a connection string", "app/b.json", "{\"Default\":\"Server=(localdb)\\\\mssqllocaldb;Trusted_Connection=True;Password=;\"}"),
        ("a connection string", "app/c.md", "Server=myServerAddress;Database=myDataBase;User Id=myUsername;Password=myPassword;\n"),
        ("a connection string", "app/d.txt", "jdbc:mysql://localhost/db?user=root&password=${db.password}\n"),
        ("documentation", "app/a.md", "Set `AWS_ACCESS_KEY_ID=AKIA" + "IOSFODNN7EXAMPLE` and `AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI" + "/K7MDENG/bPxRfiCYEXAMPLEKEY`.\n"),
        ("documentation", "app/b.md", "aws_secret_access_key = wJalrXUtnFEMI" + "/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_access_key_id = AKIA" + "I44QH8DHBEXAMPLE\n"),
        ("documentation", "app/c.md", "curl -H \"Authorization: Bearer YOUR_ACCESS_TOKEN_HERE\" https://api.example\ncurl -H 'Authorization: token <token>' https://x\n"),
        ("documentation", "app/d.md", "Authorization: Basic QWxhZGRpbjpvcGVu" + "IHNlc2FtZQ==\nAuthorization: Bearer mF_9.B5f-" + "4.1JqM\n"),
        ("documentation", "app/e.md", "export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nexport SLACK=xoxb-your-token-here-1234\n"),
        ("documentation", "app/f.md", "Tokens look like `glpat-XXXXXXXXXXXXXXXXXXXX` or `sk_live_...` or `SG.xxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy`.\n"),
        ("documentation", "app/g.md", "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:10000\n"),
        ("documentation", "app/h.md", "AccountEndpoint=https://localhost:8081/;AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==\n"),
        ("documentation", "app/i.md", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4" + "fwpMeJf36POk6yJV_adQssw5c\n"),
        ("documentation", "app/j.md", "password: the password of the user, token: see RFC 6750, secret: at least 32 characters\n"),
        ("documentation", "app/k.md", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX\nhttps://discord.com/api/webhooks/...\n"),
        ("documentation", "app/l.md", "npm config set //registry.npmjs.org/:_authToken=YOUR_TOKEN_GOES_HERE\nAKIAXXXXXXXXXXXXXXXX\n"),
        ("documentation", "app/m.md", "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----\n\n-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----\n"),
        ("documentation", "app/n.md", "The file starts with -----BEGIN OPENSSH PRIVATE KEY----- and a body of base64 in lines of seventy characters follows it.\n"),
        ("a parser of keys", "app/o.js", "if(e.includes(\"-----BEGIN RSA PRIVATE KEY-----\")||e.includes(\"-----BEGIN EC PRIVATE KEY-----\"))return parse(e,\"-----END RSA PRIVATE KEY-----\")"),
        ("a parser of keys", "app/p.py", "PEM = {'PRIVATE KEY': b'-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n'}\n"),
        ("a parser of keys", "usr/bin/ssh", "\0\0-----BEGIN OPENSSH PRIVATE KEY-----\n\0-----END OPENSSH PRIVATE KEY-----\n\0PuTTY-User-Key-File-2: \0-----BEGIN PGP PRIVATE KEY BLOCK-----\0"),
        ("a log", "var/log/a.log", "password changed for user 1000; token accepted; secret rotated at 2026-01-02T03:04:05Z; key=cache:v2:user:1000\n"),
        ("a log", "var/log/b.log", "sshd: Accepted publickey for deploy from 10.0.0.1 port 51234 ssh2: RSA SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8\n"),
        ("a dictionary", "usr/share/dict/words", "keyword\npassword\npasswords\nsecretary\ntoken\ntokenizer\ntaskmaster\nnegocio\nprecious\nkey-value\nre_entry\n"),
        ("a list of passwords", "usr/share/wordlists/a.txt", "123456\npassword\nqwerty123\nletmein2\nP@ssw0rd1\n"),
        ("a list of packages", "app/requirements.txt", "django-secret-settings2==1.0\ntoken-bucket>=0.3.0\nkeyring==24.3.0\npassword-strength==0.0.3\nPyJWT[crypto]==2.8.0\n"),
        ("a list of packages", "app/package.json", "{\"dependencies\":{\"csrf-token\":\"^1.2.3\",\"@aws-sdk/credential-provider-node\":\"3.540.0\",\"password-hash\":\"1.2.2\",\"secret-sauce\":\"2.0.0-rc.1\"}}"),
        ("a list of packages", "var/lib/dpkg/status", "Package: libsecret-1-0\nVersion: 0.20.5-3\nDescription: Secret store\n password: none\nPackage: libpam-oath2\nVersion: 1\n"),
        ("a schema", "app/openapi.json", "{\"properties\":{\"password\":{\"type\":\"string\",\"format\":\"password\"},\"token\":{\"type\":\"string\",\"example\":\"token1\"},\"api_key\":{\"in\":\"header\",\"name\":\"X-Api-Key\"}}}"),
        ("a schema", "app/a.proto", "message Login {\n  string password = 1;\n  string token = 12;\n  bytes secret = 3 [(validate.rules).bytes.len = 32];\n}\n"),
        ("a schema", "app/a.sql", "CREATE TABLE users (id int, password varchar(255), token char(64), api_key uuid);\nALTER USER app PASSWORD NULL;\n"),
        ("a schema", "app/a.graphql", "input Login { password: String!, token: ID, secret: Base64 }\n"),
        ("a policy", "etc/pam.d/common-password", "password\t[success=1 default=ignore]\tpam_unix.so obscure use_authtok try_first_pass yescrypt\npassword\trequisite\tpam_deny.so\n"),
        ("a setting", "app/a.ini", "password_min_length = 12\ntoken_ttl = 3600s\nsecret_rotation = 90d\napi_key_header = X-Api-Key-V2\ntoken_endpoint = https://id.example/oauth2/v1/token\n"),
        ("a setting", "app/b.yml", "token: utf8_bytes\npassword: required|min:8\nsecret: sha256:abcdef\napi_key: header_v2\nauth_key: 10.0.0.1:8080\n"),
        ("a setting", "etc/a.conf", "keyring=/usr/share/keyrings/key1.gpg\ntoken=127.0.0.1:9090\npassword=file:/etc/pw1\nsecret = env:SECRET_2\n"),
        ("JavaScript i18n", "app/i18n.js", "export default {password:\"Kennwort\",\"token\":\"Token 2\",secret:\"Geheim\",apiKey:\"API-Schlüssel\"}"),
        // Met in real packages.
        ("documentation", "usr/lib/ruby/uri/generic.rb", "    #   uri = URI.parse(\"http://john:S3nsit1ve@my.example.com\")\n    #   uri.to_s  #=> \"http://sam:V3ry_S3nsit1ve@my.example.com\"\n"),
        ("documentation", "app/engine.py", "    e = create_engine(\"oracle+cx_oracle://scott:tiger@hostname:1521/?service_name=db\")\n    'https://a:b@host?abc#foo'\n"),
        ("documentation", "app/copyright", "binutils was taken from\n  cvs://:pserver:anoncvs@sources.redhat.com:/cvs/src\n"),
        ("documentation", "app/proxy.go", "{ \"http://user:pa%2Fssword@proxy/\", \"http://user:pass%20pass@complex.url.com/path?query=yes\" }\n"),
        ("documentation", "app/sts.json", "{\"SessionToken\": \"IQoJb3JpZ2luX2VjEOz////////////////////wEXAMPLEtMSJHMEUCIDoKK3JH9uGQE1z0sINr5M4jk+Na8KHDcCYRVrUIXHMEUCIDoKK3JH9uGQE1z0sINr5M4jk+Na8KHDcCYRVr\"}\n"),
        ("a setting", "app/wp-config-sample.php", "define( 'AUTH_KEY',         'put your unique phrase here' );\ndefine( 'NONCE_KEY',        'put your unique phrase here' );\n"),
        ("a setting", "etc/wpa_supplicant.conf", "\tprivate_key=\"pkcs11:manufacturer=piv_II;id=%01\"\n"),
        ("a hashed password", "app/api.json", "{\"password_hash\":\"2lmoth8l4H0DViLaK9Fxi6l9ds8=\", \"tags\":\"administrator\"}\n"),
        ("an answer of an interface", "app/answers.json", "{\"NextToken\": \"abcdefg123\", \"ClientRequestToken\": \"1d2129a1-3d38-460a-9756-e5b91fddb951\", \"PasswordLastUsed\": \"2016-09-08T21:47:36Z\"}\n"),
        ("minified code", "app/react.js", "exports.__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED = ReactSharedInternals$1;\n"),
        ("code", "app/fixture.py", "V3FederationToken = v3.V3FederationToken\nV3Saml2Password = v3.Saml2Password\n"),
        ("a test", "app/token.json", "{\"accessToken\": \"dGhpcyBpcyBub3QgYSByZWFsIHZhbHVl\", \"password\": \"bm90IG15IHJlYWwgcGFzc3dvcmQ=\"}\n"),
        ("a template", "app/sipcapture.cfg", "modparam(\"sqlops\",\"sqlcon\",\"cb=>mysql://HOMER_DB_USER:HOMER_DB_PASSWORD@127.0.0.1/homer_statistic\")\n"),
        ("code", "app/scanner.pp", "  FCurTokenString: UTF8string;\n"),
        ("code", "usr/lib/python3.11/distutils/command/register.py", "        [pypi]\n        username:%s\n        password:%s\n        '''\n        data = {':action': 'user', 'password': '', 'confirm': None}\n"),
        ("a mime type list", "etc/mime.types", "application/vnd.oasis.opendocument.text-secret odt1\napplication/pgp-keys key2\n"),
        ("an error message", "usr/lib/a.so", "\0\0\0password=%s\0token: %d bytes\0https://%s:%s@%s/\0Authorization: Bearer %s\0Authorization: Basic %s\0"),
    ];

    /// <summary>How scanners of secrets write down what they look for.</summary>
    static readonly string[] Expressions =
    [
        "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", "ghp_[0-9a-zA-Z]{36}", "github_pat_\\w{82}", "glpat-[\\w-]{20}", "xox[baprs]-([0-9a-zA-Z]{10,48})", "sk_live_[0-9a-z]{24}", "AIza[0-9A-Za-z\\-_]{35}",
        "SG\\.[\\w-]{22}\\.[\\w-]{43}", "-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----[\\s\\S-]{64,}?KEY(?: BLOCK)?-----", "eyJ[a-zA-Z0-9]{17,}\\.ey[a-zA-Z0-9\\/_-]{17,}\\.", "npm_[a-z0-9]{36}", "pypi-AgEIcHlwaS5vcmc[\\w-]{50,1000}",
        "dop_v1_[a-f0-9]{64}", "https://hooks\\.slack\\.com/services/[A-Za-z0-9+/]{43,46}", "[a-z]+://[^:]+:[^@]+@", "://(?<user>[^:/]+):(?<password>[^@/]+)@", "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "hvs\\.[a-z0-9_-]{90,100}",
        "shpat_[a-fA-F0-9]{32}", "sk-ant-api03-[a-zA-Z0-9_\\-]{93}AA", "[0-9]+:AA[0-9A-Za-z\\-_]{33}", "key-[0-9a-zA-Z]{32}", "(?i)(password|secret|token)['\\\"]?\\s*[:=]\\s*['\\\"]([^'\\\"]{8,64})['\\\"]", "rubygems_[a-f0-9]{48}",
    ];

    public static IReadOnlyList<Case> Cases { get; } = Make();

    static List<Case> Make()
    {
        var bodies = new Bodies(20260102);
        var cases = new List<Case>();
        void Add(string what, string path, string text) => cases.Add(new Case(what, path, Encoding.UTF8.GetBytes(text)));
        foreach (var (what, times, path, text) in Random)
            for (var i = 0; i < times; i++)
                Add(what, path, bodies.Fill(text));
        foreach (var (what, path, text) in Whole)
            Add(what, path, text);
        foreach (var stand in Stands)
        {
            var (first, second) = (bodies.Pick(Names), bodies.Pick(Names));
            Add("in place of a value", "app/.env.production", $"{first}={stand}\nPORT=1\n{second}=\"{stand}\"\n");
            Add("in place of a value", "app/app.yml", $"{first.ToLowerInvariant()}: {stand}\n{second.ToLowerInvariant()}: '{stand}'\n");
            Add("in place of a value", "app/app.json", $$"""{"{{first}}": "{{stand}}", "{{second.ToLowerInvariant()}}": "{{stand}}"}""");
        }
        foreach (var expression in Expressions)
        {
            Add("an expression", "app/rules.toml", $"[[rules]]\nid = \"a\"\nregex = '''{expression}'''\nkeywords = [\"token\"]\n");
            Add("an expression", "app/rules.json", $$"""{"secret": "{{expression.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}""");
        }
        for (var i = 0; i < 12; i++)
            cases.Add(new Case("random bytes", "app/data.bin", bodies.Bytes(60_000)));
        return cases;
    }
}
