namespace Sample;

/// <summary>The files whose words matter.</summary>
internal static class Texts
{
    public const string OsRelease = """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        NAME="Debian GNU/Linux"
        VERSION_ID="12"
        VERSION="12 (bookworm)"
        VERSION_CODENAME=bookworm
        ID=debian
        HOME_URL="https://www.debian.org/"
        SUPPORT_URL="https://www.debian.org/support"
        BUG_REPORT_URL="https://bugs.debian.org/"

        """;

    public const string Passwd = """
        root:x:0:0:root:/root:/bin/bash
        daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
        bin:x:2:2:bin:/bin:/usr/sbin/nologin
        mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
        www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
        _apt:x:42:65534::/nonexistent:/usr/sbin/nologin
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

        """;

    public const string Group = """
        root:x:0:
        daemon:x:1:
        bin:x:2:
        mail:x:8:
        www-data:x:33:
        shadow:x:42:
        nogroup:x:65534:

        """;

    public const string Shadow = """
        root:*:20360:0:99999:7:::
        daemon:*:20360:0:99999:7:::
        bin:*:20360:0:99999:7:::
        mail:*:20360:0:99999:7:::
        www-data:*:20360:0:99999:7:::
        _apt:*:20360:0:99999:7:::
        nobody:*:20360:0:99999:7:::

        """;

    public const string Gshadow = """
        root:*::
        daemon:*::
        bin:*::
        mail:*::
        www-data:*::
        shadow:*::
        nogroup:*::

        """;

    public static string Dockerfile(string secretKey, string databaseUrl) => $$"""
        FROM debian:12
        ENV PYTHONUNBUFFERED=1
        ENV SECRET_KEY={{secretKey}}
        ENV DATABASE_URL={{databaseUrl}}
        RUN apt-get update && apt-get install -y --no-install-recommends libpq5 python3 wget && apt-get remove -y wget
        RUN groupadd --system --gid 999 app && useradd --system --uid 999 --gid app --no-create-home app
        COPY id_rsa /root/.ssh/id_rsa
        COPY . /app
        WORKDIR /app
        RUN python3 -m pip install -r requirements.txt
        RUN rm -f /root/.ssh/id_rsa
        RUN rm -rf /tmp/build /tmp/build.tar.gz
        RUN chown -R app:app /app
        COPY settings.production.json /app/settings.json
        COPY --chmod=4755 helper /usr/local/bin/helper
        EXPOSE 8000
        CMD ["gunicorn", "--bind", "0.0.0.0:8000", "main:app"]

        """;

    public const string Main = """
        import json
        import pathlib

        from flask import Flask, jsonify

        app = Flask(__name__)
        settings = json.loads(pathlib.Path(__file__).with_name("settings.json").read_text())


        @app.get("/health")
        def health():
            return jsonify(status="ok", environment=settings["environment"])

        """;
}
