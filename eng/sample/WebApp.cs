namespace Sample;

/// <summary>The plan of the image, instruction by instruction: a small Python web application, built the way many are.</summary>
internal static class WebApp
{
    public const string AptLists = "var/lib/apt/lists/", PipCache = "root/.cache/pip/";

    static readonly string SecretKey = Content.Token("secret-key", 50);
    static readonly string DatabaseUrl = $"postgresql://webapp:{Content.Token("database-password", 24)}@db:5432/webapp";

    /// <summary>What <c>COPY . /app</c> brings: path, size, and how the content is made. The chown layer copies exactly these.</summary>
    public static readonly (string Path, byte[] Data)[] App =
    [
        ("app/.env", Content.Utf8($"FLASK_ENV=production\nSESSION_SECRET={Content.Token("session", 40)}\nMAIL_PASSWORD={Content.Token("mail", 24)}\n")),
        ("app/Dockerfile", Content.Utf8(Texts.Dockerfile(SecretKey, DatabaseUrl))),
        ("app/data/countries.csv", Content.Text("countries", 40_960)),
        ("app/main.py", Content.Utf8(Texts.Main)),
        ("app/migrations/0001_initial.sql", Content.Text("migration", 4_096, "-- ")),
        ("app/requirements.txt", Content.Utf8("flask==3.0.3\ngunicorn==22.0.0\nredis==5.0.8\nsqlalchemy==2.0.36\n")),
        ("app/settings.json", Content.Settings("development", 65_536, "development")),
        ("app/static/app.js", Content.Text("app.js", 18_432, "// ")),
        ("app/static/img/logo.png", Logo),
        ("app/static/logo.png", Logo),
        ("app/templates/index.html", Content.Text("index", 2_048, "<!-- ", "<!doctype html>\n")),
    ];

    static byte[] Logo => Content.Noise("logo", 12_288, 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);

    static readonly string[] AppFolders = ["app", "app/data", "app/migrations", "app/static", "app/static/img", "app/templates"];

    static readonly (string Name, string Version, string Code)[] Wheels =
        [("flask", "3.0.3", "flask/app.py"), ("gunicorn", "22.0.0", "gunicorn/arbiter.py"), ("redis", "5.0.8", "redis/client.py"), ("sqlalchemy", "2.0.36", "sqlalchemy/engine.py")];

    public static Image Build()
    {
        var image = new Image("webapp", "1.4.2", new(2025, 10, 6, 9, 30, 0, TimeSpan.Zero));

        image.Add("# debian.sh --arch 'amd64' out/ 'bookworm' '@1759104000'", DebianLayer, "debuerreotype 0.16");
        image.Set("ENV PYTHONUNBUFFERED=1", i => i.Env.Add("PYTHONUNBUFFERED=1"));
        image.Set($"ENV SECRET_KEY={SecretKey}", i => i.Env.Add($"SECRET_KEY={SecretKey}"));
        image.Set($"ENV DATABASE_URL={DatabaseUrl}", i => i.Env.Add($"DATABASE_URL={DatabaseUrl}"));
        image.Add("RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends libpq5 python3 wget && apt-get remove -y wget # buildkit", PythonLayer);
        image.Add("RUN /bin/sh -c groupadd --system --gid 999 app && useradd --system --uid 999 --gid app --no-create-home app # buildkit", UserLayer);
        image.Add("COPY id_rsa /root/.ssh/id_rsa # buildkit", KeyLayer);
        image.Add("COPY . /app # buildkit", layer => AppLayer(layer, 0));
        image.Set("WORKDIR /app", i => i.WorkingDir = "/app");
        image.Add("RUN /bin/sh -c python3 -m pip install -r requirements.txt # buildkit", PipLayer);
        image.Add("RUN /bin/sh -c rm -f /root/.ssh/id_rsa # buildkit", layer => { layer.Directory("root", 0b111_000_000); layer.Directory("root/.ssh", 0b111_000_000); layer.Whiteout("root/.ssh/id_rsa"); });
        image.Add("RUN /bin/sh -c rm -rf /tmp/build /tmp/build.tar.gz # buildkit", layer => { layer.Directory("tmp", 0b001_111_111_111); layer.Whiteout("tmp/build"); layer.Whiteout("tmp/build.tar.gz"); });
        image.Add("RUN /bin/sh -c chown -R app:app /app # buildkit", layer => AppLayer(layer, 999));
        image.Add("COPY settings.production.json /app/settings.json # buildkit", layer => { layer.Directory("app", uid: 999, gid: 999); layer.File("app/settings.json", Content.Settings("production", 69_632, "production")); });
        image.Add("COPY --chmod=4755 helper /usr/local/bin/helper # buildkit", layer => layer.File("usr/local/bin/helper", Content.Elf("helper", 16_384), 0b100_111_101_101));
        image.Set("EXPOSE [8000/tcp]", i => i.Port = "8000/tcp");
        image.Set("CMD [\"gunicorn\" \"--bind\" \"0.0.0.0:8000\" \"main:app\"]", i => i.Cmd.AddRange(["gunicorn", "--bind", "0.0.0.0:8000", "main:app"]));
        return image;
    }

    static void DebianLayer(Layer layer)
    {
        foreach (var (path, target) in new[] { ("bin", "usr/bin"), ("lib", "usr/lib"), ("lib64", "usr/lib64"), ("sbin", "usr/sbin") })
            layer.Symlink(path, target);
        foreach (var path in new[] { "boot", "dev", "proc", "run", "sys", "usr/lib64", "usr/sbin", "var/cache/apt/archives", "var/lib/apt/lists" })
            layer.Directory(path);
        layer.Directory("root", 0b111_000_000);
        layer.Directory("tmp", 0b001_111_111_111);
        layer.File("etc/debian_version", Content.Utf8("12.12\n"));
        layer.File("etc/group", Content.Utf8(Texts.Group));
        layer.File("etc/gshadow", Content.Utf8(Texts.Gshadow), 0b110_100_000, 0, 42);
        layer.File("etc/passwd", Content.Utf8(Texts.Passwd));
        layer.File("etc/shadow", Content.Utf8(Texts.Shadow), 0b110_100_000, 0, 42);
        layer.Symlink("etc/os-release", "../usr/lib/os-release");
        layer.File("usr/lib/os-release", Content.Utf8(Texts.OsRelease));
        foreach (var package in Debian.Base)
            Debian.Install(layer, package);
        layer.HardLink("usr/bin/perl", "usr/bin/perl5.36.0");
        layer.Symlink("usr/bin/sh", "dash");
        layer.Symlink("usr/lib/x86_64-linux-gnu/libz.so.1", "libz.so.1.2.13");
        layer.File("var/lib/dpkg/status", Content.Utf8(Debian.Status(Debian.Base, withDeinstalled: false)));
    }

    static void PythonLayer(Layer layer)
    {
        layer.File("etc/wgetrc", Content.Text("wgetrc", 4_942, "# "));
        foreach (var package in Debian.Python)
            Debian.Install(layer, package);
        layer.Symlink("usr/bin/python3", "python3.11");
        layer.File("var/cache/apt/pkgcache.bin", Content.Noise("pkgcache", 24_576));
        layer.File("var/cache/apt/srcpkgcache.bin", Content.Noise("srcpkgcache", 20_480));
        foreach (var (suite, release, packages) in new[] { ("bookworm", 8_192, 61_440), ("bookworm-security", 4_096, 16_384), ("bookworm-updates", 4_096, 3_072) })
        {
            layer.File($"{AptLists}deb.debian.org_debian_dists_{suite}_InRelease", Content.Text($"{suite}-release", release, "", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"));
            layer.File($"{AptLists}deb.debian.org_debian_dists_{suite}_main_binary-amd64_Packages.lz4", Content.Noise($"{suite}-packages", packages, 0x04, 0x22, 0x4D, 0x18));
        }
        layer.File($"{AptLists}lock", [], 0b110_100_000);
        layer.Directory($"{AptLists}partial", 0b111_000_000, 42);
        layer.File("var/lib/dpkg/info/wget.list", Content.Utf8("/etc\n/etc/wgetrc\n"));
        layer.File("var/lib/dpkg/status", Content.Utf8(Debian.Status([.. Debian.Base, .. Debian.Python], withDeinstalled: true)));
        layer.File("var/log/dpkg.log", Content.Text("dpkg.log", 3_072, "2025-10-06 09:30:14 status installed "));
    }

    static void UserLayer(Layer layer)
    {
        layer.File("etc/group", Content.Utf8(Texts.Group + "app:x:999:\n"));
        layer.File("etc/gshadow", Content.Utf8(Texts.Gshadow + "app:!::\n"), 0b110_100_000, 0, 42);
        layer.File("etc/passwd", Content.Utf8(Texts.Passwd + "app:x:999:999::/home/app:/bin/sh\n"));
        layer.File("etc/shadow", Content.Utf8(Texts.Shadow + "app:!:20367::::::\n"), 0b110_100_000, 0, 42);
    }

    static void KeyLayer(Layer layer)
    {
        layer.Directory("root", 0b111_000_000);
        layer.Directory("root/.ssh", 0b111_000_000);
        layer.File("root/.ssh/id_rsa", Content.PrivateKey("id_rsa"), 0b110_000_000);
    }

    static void AppLayer(Layer layer, int owner)
    {
        foreach (var folder in AppFolders)
            layer.Directory(folder, uid: owner, gid: owner);
        foreach (var (path, data) in App)
            layer.File(path, data, uid: owner, gid: owner);
    }

    static void PipLayer(Layer layer)
    {
        const string site = "usr/local/lib/python3.11/dist-packages/";
        layer.Directory("root", 0b111_000_000);
        layer.Directory("tmp", 0b001_111_111_111);
        layer.File($"{PipCache}http-v2/1/7/c/4/0/17c40f6b1f7de64a4f2d3fd8f4e4a6b25f8ce59f1a7d3f5ca1c61d0b", Content.Noise("http-1", 45_056), 0b110_000_000);
        layer.File($"{PipCache}http-v2/a/0/9/e/2/a09e2f58f1c1b6ff1f9ad1c7e6b1e6c17d37a4b4cbd9b1a4f4d0a3c2", Content.Noise("http-2", 28_672), 0b110_000_000);
        layer.File($"{PipCache}selfcheck/2f6a1b9c0d", Content.Utf8("{\"key\": \"/usr\", \"last_check\": \"2025-10-06T09:30:42+00:00\", \"pypi_version\": \"25.2\"}"), 0b110_000_000);
        foreach (var (name, version, code) in Wheels)
        {
            var info = $"{site}{name}-{version}.dist-info/";
            layer.File($"{site}{code}", Content.Text(code, 24_000 + name.Length * 100, "# "));
            layer.File($"{info}INSTALLER", Content.Utf8($"pip\n"));
            layer.File($"{info}METADATA", Content.Utf8($"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {name} for Python\nLicense: {(name is "flask" ? "BSD-3-Clause" : "MIT")}\nRequires-Python: >=3.8\n"));
            layer.File($"{info}RECORD", Content.Utf8($"{code},,\n{name}-{version}.dist-info/INSTALLER,,\n{name}-{version}.dist-info/METADATA,,\n{name}-{version}.dist-info/RECORD,,\n"));
        }
        layer.File("usr/local/bin/gunicorn", Content.Utf8("#!/usr/bin/python3\nimport sys\nfrom gunicorn.app.wsgiapp import run\nsys.exit(run())\n"), 0b111_101_101);
        layer.File("tmp/build.tar.gz", Content.Noise("build.tar.gz", 120_000, 0x1F, 0x8B, 0x08, 0x00));
        layer.File("tmp/build/config.log", Content.Text("config.log", 6_144));
        layer.File("tmp/build/module.c", Content.Text("module.c", 9_216, "// "));
        layer.File("tmp/build/module.o", Content.Elf("module.o", 21_504));
    }
}
