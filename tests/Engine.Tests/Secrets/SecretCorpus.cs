using System.Text;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>Files that hold one secret each, for every rule, in the surroundings in which such secrets are met.</summary>
internal static class SecretCorpus
{
    public sealed record Case(string Rule, string Path, byte[] Content);

    /// <summary>Tokens that are known by their shape: each is put into several of <see cref="Forms"/>.</summary>
    static readonly (string Rule, string Token)[] Tokens =
    [
        ("aws-access-key-id", "AKIA{t16}"), ("aws-access-key-id", "ASIA{t16}"), ("aws-bedrock-key", "ABSKQmVkcm9ja0FQSUtleS{b109}="), ("aws-mws-token", "amzn.mws.{g}"),
        ("google-api-key", "AIza{u35}"), ("google-oauth-secret", "GOCSPX-{u27}a"), ("google-oauth-token", "ya29.{u120}"), ("google-oauth-token", "1//0{u60}"),
        ("azure-client-secret", "{A3}8Q~{A34}"), ("azure-devops-token", "{A76}AZDO{A4}"), ("azure-service-key", "{A52}JQQJ99{A26}"), ("azure-service-key", "{A42}AzSe{A6}"),
        ("alibaba-access-key-id", "LTAI{A20}"), ("tencent-secret-id", "AKID{A32}"), ("yandex-api-key", "AQVN{A36}"),
        ("digitalocean-token", "dop_v1_{h64}"), ("cloudflare-origin-ca-key", "v1.0-{h24}-{h146}"), ("heroku-key", "HRKU-AA{A58}"), ("fly-token", "fm2_{A200}"), ("fly-token", "fo1_{A43}"),
        ("render-key", "rnd_{A32}"), ("vercel-token", "vercel_blob_rw_{A16}_{A30}"), ("netlify-token", "nfp_{A36}"), ("openshift-token", "sha256~{A43}"),
        ("supabase-key", "sbp_{h40}"), ("supabase-key", "sb_secret_{A31}"), ("planetscale-token", "pscale_tkn_{A43}"), ("planetscale-token", "pscale_pw_{A43}"),
        ("neon-key", "napi_{l64}"), ("databricks-token", "dapi{h32}"),
        ("github-token", "ghp_{A36}"), ("github-token", "ghs_{A36}"), ("github-token", "gho_{A36}"), ("github-token", "github_pat_{A22}_{A59}"),
        ("gitlab-token", "glpat-{A20}"), ("gitlab-token", "glrt-{A20}"), ("gitlab-token", "gldt-{A20}"), ("gitlab-token", "glcbt-64_{A20}"), ("gitlab-token", "GR1348941{A20}"),
        ("bitbucket-token", "ATBB{A32}"), ("bitbucket-token", "ATCTT3xFfGN0{A160}={U8}"), ("atlassian-token", "ATATT3xFfGF0{A172}={U8}"),
        ("sourcegraph-token", "sgp_{h16}_{h40}"), ("circleci-token", "CCIPAT_{A22}_{h40}"), ("buildkite-token", "bkua_{h40}"), ("sonar-token", "sqp_{h40}"),
        ("npm-token", "npm_{A36}"), ("pypi-token", "pypi-AgEIcHlwaS5vcmc{u120}"), ("rubygems-key", "rubygems_{h48}"), ("nuget-key", "oy2{l43}"), ("crates-io-token", "cio{A32}"),
        ("docker-hub-token", "dckr_pat_{A27}"), ("docker-hub-token", "dckr_oat_{A32}"), ("artifactory-key", "AKCp{A69}"), ("artifactory-key", "cmVmdGtuOj{A54}"), ("clojars-token", "CLOJARS_{l60}"),
        ("slack-token", "xoxb-{d12}-{d13}-{A24}"), ("slack-token", "xoxp-{d12}-{d12}-{d13}-{h32}"), ("slack-token", "xapp-1-A{U10}-{d13}-{h64}"),
        ("slack-webhook", "https://hooks.slack.com/services/T{U10}/B{U10}/{A24}"), ("discord-webhook", "https://discord.com/api/webhooks/{d18}/{u68}"),
        ("telegram-token", "{d10}:AA{u32}a"), ("teams-webhook", "https://shop.webhook.office.com/webhookb2/{g}@{g}/IncomingWebhook/{h32}/{g}"),
        ("google-chat-webhook", "https://chat.googleapis.com/v1/spaces/AAAA{A7}/messages?key={A39}&token={A43}"), ("matrix-token", "syt_{A12}_{L20}_{A6}"),
        ("sendgrid-key", "SG.{A22}.{A43}"), ("mailgun-key", "key-{h32}"), ("brevo-key", "xkeysib-{h64}-{A16}"), ("resend-key", "re_{A8}_{A24}"),
        ("stripe-key", "sk_live_{A24}"), ("stripe-key", "rk_live_{A99}"), ("stripe-webhook-secret", "whsec_{A32}"), ("square-token", "sq0atp-{A22}"), ("square-token", "sq0csp-{A43}"),
        ("braintree-token", "access_token$production${l16}${h32}"), ("flutterwave-key", "FLWSECK-{h32}-X"), ("mollie-key", "live_{A30}"), ("plaid-token", "access-production-{g}"),
        ("shopify-token", "shpat_{h32}"), ("shopify-token", "shpss_{h32}"), ("shippo-token", "shippo_live_{h40}"), ("easypost-key", "EZAK{A54}"),
        ("anthropic-key", "sk-ant-api03-{A93}AA"), ("openrouter-key", "sk-or-v1-{h64}"), ("openai-key", "sk-proj-{A74}T3BlbkFJ{A74}"), ("openai-key", "sk-{A20}T3BlbkFJ{A20}"), ("openai-key", "sk-svcacct-{A120}"),
        ("hugging-face-token", "hf_{L34}"), ("replicate-token", "r8_{A37}"), ("groq-key", "gsk_{A52}"), ("perplexity-key", "pplx-{A48}"), ("xai-key", "xai-{A80}"), ("nvidia-key", "nvapi-{A64}"),
        ("langsmith-key", "lsv2_pt_{h32}_{h10}"), ("pinecone-key", "pcsk_{A6}_{A63}"),
        ("new-relic-key", "NRAK-{U27}"), ("new-relic-licence-key", "{h32}FFFFNRAL"), ("grafana-token", "glsa_{A32}_{h8}"), ("grafana-token", "glc_eyJ{A120}="),
        ("sentry-token", "sntryu_{h64}"), ("sentry-token", "sntrys_eyJ{A120}=_{A43}"), ("dynatrace-token", "dt0c01.{t24}.{t64}"), ("honeycomb-key", "hcaik_{l58}"),
        ("elastic-key", "essu_{A80}=="), ("posthog-key", "phx_{A43}"),
        ("vault-token", "hvs.CAES{A90}"), ("terraform-cloud-token", "{A14}.atlasv1.{A67}"), ("pulumi-token", "pul-{h40}"), ("doppler-token", "dp.st.prd.{A43}"), ("doppler-token", "dp.pt.{A43}"),
        ("1password-token", "ops_eyJ{A600}"), ("1password-secret-key", "A3-{U6}-{U6}-{U5}-{U5}-{U5}-{U5}"), ("age-key", "AGE-SECRET-KEY-1{B58}"),
        ("tailscale-key", "tskey-auth-{A12}CNTRL-{A32}"), ("kubernetes-token", "eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9.{K}.{u342}"), ("prefect-key", "pnu_{A36}"), ("octopus-key", "API-{U32}"),
        ("linear-key", "lin_api_{A40}"), ("notion-token", "ntn_{d11}{A35}"), ("notion-token", "secret_{A43}"), ("postman-key", "PMAK-{h24}-{h34}"), ("figma-token", "figd_{A40}"),
        ("hubspot-token", "pat-na1-{g}"), ("contentful-token", "CFPAT-{A43}"), ("mapbox-secret-token", "sk.eyJ1Ijoi{A60}.{A22}"), ("facebook-token", "EAACEdEose0cBA{A80}"),
        ("typeform-token", "tfp_{A44}"), ("frame-io-token", "fio-u-{A64}"), ("duffel-token", "duffel_live_{A43}"), ("readme-key", "rdme_{l70}"),
        ("jwt", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{j}.{A43}"), ("jwt", "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.{j}.{u85}a"),
        ("base64-private-key", "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlF{b1200}="),
    ];

    static readonly (string Path, string Text)[] Forms =
    [
        ("app/.env", "# settings of the shop\nNODE_ENV=production\nSETTING={0}\nPORT=8080\n"),
        ("app/settings.py", "import os\n\nDEBUG = False\nclient = Client(\"{0}\", timeout=30)\n"),
        ("app/config.json", "{\n  \"name\": \"shop\",\n  \"value\": \"{0}\",\n  \"port\": 8080\n}\n"),
        ("app/values.yaml", "replicas: 2\nintegration:\n  value: {0}\n  enabled: true\n"),
        ("usr/local/bin/deploy", "#!/bin/sh\nset -eu\nexport THING='{0}'\nexec /app/run\n"),
        ("app/static/main.8f3a.js", "!function(e,t){var n=function(){return fetch(e.u,{h:{k:\"{0}\"}})};t.exports=n}(window,module);"),
        ("app/Program.cs", "var client = new Client(\n    \"{0}\");\n"),
        ("app/pom.xml", "<configuration>\n  <value>{0}</value>\n</configuration>\n"),
        ("app/report.ipynb", "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"import shop\\n\",\n    \"client = shop.Client('{0}')\\n\"\n   ],\n   \"outputs\": []\n  }\n ]\n}\n"),
        ("app/terraform.tfstate", "{\n  \"version\": 4,\n  \"resources\": [\n    {\n      \"mode\": \"managed\",\n      \"instances\": [{\"attributes\": {\"id\": \"a1\", \"result\": \"{0}\"}}]\n    }\n  ]\n}\n"),
        ("app/pyproject.toml", "[tool.shop]\nname = \"shop\"\nvalue = \"{0}\"\n"),
        ("etc/systemd/system/shop.service", "[Service]\nEnvironment=\"THING={0}\"\nExecStart=/usr/local/bin/shop\n"),
        ("app/main.go", "package main\n\nvar client = shop.New(`{0}`)\n"),
        ("var/log/app.log", "2026-01-02T03:04:05Z INFO started\n2026-01-02T03:04:06Z DEBUG GET /v1/things thing={0} 200 12ms\n"),
        ("app/export.csv", "id,name,value\n17,shop,{0}\n18,other,none\n"),
        ("root/.bash_history", "ls -la\ncurl https://api.example.org/v1/things?k={0}\nexit\n"),
    ];

    /// <summary>Secrets that need what is around them.</summary>
    static readonly (string Rule, string Path, string Text)[] InContext =
    [
        ("aws-secret-access-key", "root/.aws/credentials", "[default]\nregion = eu-west-1\naws_secret_access_key = {b40}\n"),
        ("aws-secret-access-key", "app/task.json", "{\"environment\":[{\"name\":\"AWS_SECRET_ACCESS_KEY\",\"value\":\"{b40}\"}]}"),
        ("aws-secret-access-key", "app/config.js", "module.exports={accessKeyId:k,secretAccessKey:\"{A40}\",region:\"eu-west-1\"};"),
        ("aws-session-token", "root/.aws/credentials", "[default]\naws_session_token = IQoJb3JpZ2luX2Vj{b300}\n"),
        ("gcp-service-account", "app/key.json", "{\n  \"type\": \"service_account\",\n  \"project_id\": \"shop\",\n  \"private_key_id\": \"{h40}\",\n  \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC{b32}\\n{b64}\\n{b64}\\n{b64}\\n{b64}\\n-----END PRIVATE KEY-----\\n\",\n  \"client_email\": \"a@b.iam.gserviceaccount.com\"\n}\n"),
        ("azure-storage-key", "app/appsettings.json", "{\"ConnectionStrings\":{\"Blobs\":\"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={b86}==;EndpointSuffix=core.windows.net\"}}"),
        ("azure-shared-access-key", "app/appsettings.json", "{\"Bus\":\"Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={b43}=\"}"),
        ("azure-sas", "app/fetch.sh", "curl -O 'https://shop.blob.core.windows.net/a/b?sv=2023-01-03&se=2031-01-01&sr=b&sp=r&sig={A43}%3D'\n"),
        ("azure-app-configuration", "app/.env", "CONFIG=Endpoint=https://shop.azconfig.io;Id=abc1-l0-s0:xyz;Secret={b43}=\n"),
        ("ibm-cloud-key", "app/.env", "IBMCLOUD_API_KEY={u43}a\n"),
        ("hetzner-token", "app/.env", "HCLOUD_TOKEN={A64}\n"),
        ("cloudflare-token", "app/.env", "CLOUDFLARE_API_TOKEN={u39}a\n"),
        ("cloudflare-token", "app/config.yaml", "env:\n  - name: CF_API_KEY\n    value: {h37}\n"),
        ("heroku-key", "app/.env", "HEROKU_API_KEY={g}\n"),
        ("scaleway-key", "app/.env", "SCW_SECRET_KEY={g}\n"),
        ("linode-token", "app/main.tf", "provider \"linode\" {\n  linode_token = \"{h64}\"\n}\n"),
        ("gitea-token", "app/ci.sh", "export GITEA_TOKEN={h40}\n"),
        ("jenkins-token", "app/ci.sh", "JENKINS_API_TOKEN=11{h32}\n"),
        ("codecov-token", "app/ci.sh", "export CODECOV_TOKEN=\"{g}\"\n"),
        ("snyk-token", "app/ci.sh", "export SNYK_TOKEN={g}\n"),
        ("docker-config-auth", "root/.docker/config.json", "{\n\t\"auths\": {\n\t\t\"https://index.docker.io/v1/\": {\n\t\t\t\"auth\": \"{p}\"\n\t\t}\n\t}\n}\n"),
        ("npmrc-auth", "root/.npmrc", "registry=https://npm.shop.example/\n//npm.shop.example/:_authToken={A40}\n"),
        ("npmrc-auth", "app/.npmrc", "_auth={p}\nalways-auth=true\n"),
        ("pypirc-password", "root/.pypirc", "[distutils]\nindex-servers = pypi\n\n[pypi]\nusername = shop\npassword = {A14}!\n"),
        ("netrc-password", "root/.netrc", "machine git.shop.org\n  login deploy\n  password {A16}\n"),
        ("netrc-password", "root/.netrc", "machine git.shop.org login deploy password {A16}\n"),
        ("maven-password", "root/.m2/settings.xml", "<settings><servers>\n<server>\n<id>releases</id>\n<username>deploy</username>\n<password>{A16}</password>\n</server></servers></settings>\n"),
        ("nuget-config-password", "app/NuGet.Config", "<packageSourceCredentials><shop><add key=\"Username\" value=\"ci\" /><add key=\"ClearTextPassword\" value=\"{A24}\" /></shop></packageSourceCredentials>"),
        ("discord-token", "app/bot.py", "DISCORD_TOKEN = \"MTA{A21}.{A6}.{A38}\"\n"),
        ("mailgun-sending-key", "app/.env", "MAILGUN_API_KEY={h32}-{h8}-{h8}\n"),
        ("mailchimp-key", "app/.env", "MAILCHIMP_API_KEY={h32}-us21\n"),
        ("mailchimp-key", "app/.env", "MANDRILL_API_KEY=md-{A22}\n"),
        ("postmark-token", "app/.env", "POSTMARK_SERVER_TOKEN={g}\n"),
        ("twilio-key", "app/.env", "TWILIO_AUTH_TOKEN={h32}\n"),
        ("twilio-key", "app/config.json", "{\"twilio_api_key\": \"SK{h32}\"}"),
        ("paypal-secret", "app/.env", "PAYPAL_CLIENT_SECRET=E{A79}\n"),
        ("wandb-key", "app/train.sh", "export WANDB_API_KEY={h40}\n"),
        ("model-service-key", "app/.env", "MISTRAL_API_KEY={A32}\n"),
        ("model-service-key", "app/.env", "DEEPSEEK_API_KEY=sk-{h32}\n"),
        ("datadog-key", "app/deploy.yaml", "- name: DD_API_KEY\n  value: \"{h32}\"\n"),
        ("datadog-key", "app/.env", "DD_APP_KEY={h40}\n"),
        ("honeycomb-key", "app/.env", "HONEYCOMB_API_KEY={A22}\n"),
        ("splunk-token", "app/.env", "SPLUNK_HEC_TOKEN={g}\n"),
        ("launchdarkly-key", "app/.env", "LAUNCHDARKLY_SDK_KEY=sdk-{g}\n"),
        ("vault-token", "app/.env", "VAULT_TOKEN=s.{A24}\n"),
        ("wireguard-key", "etc/wireguard/wg0.conf", "[Interface]\nAddress = 10.0.0.2/24\nPrivateKey = {b43}=\n"),
        ("kubeconfig-key", "root/.kube/config", "users:\n- name: admin\n  user:\n    client-certificate-data: {b200}\n    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo{b800}\n"),
        ("okta-token", "app/.env", "OKTA_API_TOKEN=00{A40}\n"),
        ("okta-token", "app/fetch.sh", "curl -H 'X-Auth: SSWS 00{A40}' https://shop.okta.com\n"),
        ("airtable-token", "app/.env", "AIRTABLE_TOKEN=pat{A14}.{h64}\n"),
        ("algolia-key", "app/.env", "ALGOLIA_ADMIN_KEY={h32}\n"),
        ("private-key", "root/.ssh/id_rsa", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA{b48}\n{k20}\n{b40}\n-----END RSA PRIVATE KEY-----\n"),
        ("private-key", "etc/ssl/private/server.key", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI{b43}\n-----END PRIVATE KEY-----\n"),
        ("private-key", "root/.ssh/id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACD{b57}\n{b70}\n{b70}\n-----END OPENSSH PRIVATE KEY-----\n"),
        ("private-key", "app/secret.yaml", "data:\n  tls.key: |\n    -----BEGIN EC PRIVATE KEY-----\n    MHcCAQEEI{b55}\n    {b64}\n    {b36}\n    -----END EC PRIVATE KEY-----\n"),
        ("private-key", "app/keys.js", "const key=\"-----BEGIN PRIVATE KEY-----\\nMIIEvgIBADANBgkqhkiG9w0B{b40}\\n{b64}\\n{b64}\\n-----END PRIVATE KEY-----\\n\";"),
        ("encrypted-private-key", "etc/ssl/private/ca.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkqhkiG9w0BBQ0wQTAp{b36}\n{k24}\n-----END ENCRYPTED PRIVATE KEY-----\n"),
        ("encrypted-private-key", "root/.ssh/id_rsa", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{U32}\n\n{k24}\n-----END RSA PRIVATE KEY-----\n"),
        ("encrypted-private-key", "root/.ssh/id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABD{b7}\n{k6}\n-----END OPENSSH PRIVATE KEY-----\n"),
        ("pgp-private-key", "root/key.asc", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQOYBF{b58}\n{k20}\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----\n"),
        ("putty-private-key", "root/key.ppk", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: rsa-key\nPublic-Lines: 2\n{b64}\n{b64}\nPrivate-Lines: 3\n{b64}\n{b64}\n{b24}\nPrivate-MAC: {h40}\n"),
        ("json-web-key", "app/jwk.json", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{A43}\",\"y\":\"{A43}\",\"d\":\"{A43}\"}]}"),
        ("rsa-xml-key", "app/key.xml", "<RSAKeyValue><Modulus>{b172}</Modulus><Exponent>AQAB</Exponent><P>{b86}==</P><Q>{b86}==</Q><D>{b171}=</D></RSAKeyValue>"),
        ("signify-key", "root/shop.sec", "untrusted comment: signify secret key\nRWRCSw{b134}==\n"),
        ("url-password", "app/.env", "DATABASE_URL=postgres://shop:{A14}@db.shop.internal:5432/shop\n"),
        ("url-password", "app/config.json", "{\"amqp\": \"amqps://shop:{A18}@mq.shop.internal/vhost\"}"),
        ("url-password", "app/settings.py", "MONGO = 'mongodb+srv://shop:{A16}@cluster0.abcde.mongodb.net/shop?retryWrites=true'\n"),
        ("url-password", "app/.env", "REDIS_URL=redis://:{A20}@cache.shop.internal:6379/0\n"),
        ("url-password", "root/.git-credentials", "https://deploy:{A20}@git.shop.org\n"),
        ("url-password", "etc/pip.conf", "[global]\nindex-url = https://ci:{A16}@pypi.shop.org/simple\n"),
        ("connection-string", "app/appsettings.json", "{\"Default\": \"Server=tcp:db.shop.org,1433;Initial Catalog=shop;User ID=shop;Password={A16}!;Encrypt=True\"}"),
        ("connection-string", "app/web.config", "<add name=\"db\" connectionString=\"Data Source=db;User Id=shop; Pwd={A14};\" />"),
        ("jdbc-password", "app/app.properties", "url=jdbc:mysql://db.shop.org:3306/shop?useSSL=true&user=shop&password={A14}\n"),
        ("jdbc-password", "app/app.properties", "url=jdbc:oracle:thin:shop/{A12}@db.shop.org:1521:ORCL\n"),
        ("authorization-header", "app/fetch.js", "fetch(u,{headers:{\"Authorization\":\"Bearer {A40}\"}})"),
        ("authorization-header", "app/nginx.conf", "location / {\n  proxy_set_header Authorization \"Basic {p}\";\n}\n".Replace("Authorization \"", "Authorization: \"", StringComparison.Ordinal)),
        ("user-password-option", "app/deploy.sh", "#!/bin/sh\ncurl -fsS -u deploy:{A16} https://repo.shop.org/a.tgz -o /tmp/a.tgz\n"),
        ("chpasswd", "app/setup.sh", "useradd app\necho \"app:{A14}\" | chpasswd\n"),
        ("django-secret-key", "app/settings.py", "from pathlib import Path\nSECRET_KEY = 'django-insecure-{l30}(^=)&{l16}'\nDEBUG = False\n"),
        ("django-secret-key", "app/app.py", "app.config['SECRET_KEY'] = '{h48}'\n"),
        ("laravel-app-key", "app/.env", "APP_NAME=Shop\nAPP_KEY=base64:{b43}=\n"),
        ("rails-secret-key-base", "app/config/secrets.yml", "production:\n  secret_key_base: {h128}\n"),
        ("wordpress-password", "app/wp-config.php", "<?php\ndefine( 'DB_PASSWORD', '{A16}' );\n"),
        ("wordpress-password", "app/wp-config.php", "<?php\ndefine('AUTH_KEY',         '{A20}|+{A20}:?{A18}');\n"),
        ("assigned-secret", "app/.env", "DB_HOST=db\nDB_PASSWORD={A16}\n"),
        ("assigned-secret", "app/.env", "SMTP_PASS=\"{A10}#{A5}\"\n"),
        ("assigned-secret", "app/application.properties", "spring.datasource.username=shop\nspring.datasource.password={A16}\n"),
        ("assigned-secret", "app/application.yml", "spring:\n  datasource:\n    password: {A16}\n"),
        ("assigned-secret", "app/appsettings.json", "{\"Smtp\":{\"Host\":\"mail\",\"Password\":\"{A16}\"}}"),
        ("assigned-secret", "app/docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: {A18}\n"),
        ("assigned-secret", "app/.env", "JWT_SECRET={h64}\nSESSION_TTL=3600\n"),
        ("assigned-secret", "app/config.ini", "[api]\nendpoint = https://api.shop.org\napi_key = {A32}\n"),
        ("assigned-secret", "app/Dockerfile", "FROM debian\nENV APP_SECRET={A32}\n"),
        ("assigned-secret", "root/.my.cnf", "[client]\nuser=root\npassword={A14}\n"),
        ("assigned-secret", "app/notebook.ipynb", "{\"cells\":[],\"metadata\":{\"widgets\":{\"api_token\": \"{A32}\"}}}\n"),
        ("assigned-secret", "app/terraform.tfstate", "{\"resources\":[{\"instances\":[{\"attributes\":{\"username\":\"shop\",\"password\":\"{A20}\"}}]}]}\n"),
        ("assigned-secret", "root/.kube/config", "users:\n- name: deploy\n  user:\n    username: deploy\n    password: {A18}\n"),
        ("jwt", "root/.kube/config", "users:\n- name: deploy\n  user:\n    token: eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9.{j}.{u342}\n"),
        ("url-password", "app/notebook.ipynb", "{\"cells\":[{\"source\":[\"engine = create_engine('postgresql://shop:{A14}@db.shop.internal/shop')\\n\"]}]}\n"),
        ("url-password", "app/supervisord.conf", "[program:worker]\ncommand=celery -b redis://:{A18}@cache:6379/1 worker\n"),
        ("docker-config-auth", "kaniko/.docker/config.json", "{\"auths\":{\"registry.shop.org\":{\"auth\":\"{p}\"}}}"),
        ("assigned-secret", "app/config.php", "<?php\n$settings = 1;\n'password' => 1,\nADMIN_TOKEN={A24}\n"),
    ];

    public static IReadOnlyList<Case> Cases { get; } = Make();

    static List<Case> Make()
    {
        var bodies = new Bodies(20260101);
        var cases = new List<Case>();
        foreach (var (rule, token) in Tokens)
            for (var i = 0; i < 2; i++)
            {
                var (path, text) = Forms[cases.Count % Forms.Length];
                cases.Add(new Case(rule, path, Encoding.UTF8.GetBytes(text.Replace("{0}", bodies.Fill(token), StringComparison.Ordinal))));
            }
        foreach (var (rule, path, text) in InContext)
            cases.Add(new Case(rule, path, Encoding.UTF8.GetBytes(bodies.Fill(text))));
        // In a program, among other strings.
        foreach (var (rule, token) in Tokens.Where(token => Engine.Secrets.SecretRules.InFiles.Single(rule => rule.Id == token.Rule).InBinary).Take(40))
            cases.Add(new Case(rule, "usr/local/bin/app", [0x7f, .. "ELF"u8, 2, 1, 1, 0, .. bodies.Bytes(3000), 0, .. Encoding.ASCII.GetBytes(bodies.Fill(token)), 0, .. bodies.Bytes(1000)]));
        return cases;
    }
}
