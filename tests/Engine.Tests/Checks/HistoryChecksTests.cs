using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class HistoryChecksTests
{
    static ImageBuilder Base() => new ImageBuilder().Layer("/bin/sh -c #(nop) ADD file:4b03b5f551e3fbdf47ec609712007327828f7530cc3455c43bbcdcaf449a75a9 in / ", layer => layer.File("etc/hostname", "x"))
        .Step("/bin/sh -c #(nop)  CMD [\"bash\"]");

    [Fact]
    public void Lists_without_an_install_are_found_by_their_files()
    {
        var evidence = Assert.Single(Base().Layer("RUN /bin/sh -c ./setup.sh # buildkit", layer => layer.File("var/lib/apt/lists/deb.example_InRelease", "x")).Check<UpdateWithoutInstallCheck>());

        Assert.Equal((1, "var/lib/apt/lists/deb.example_InRelease"), (evidence.Layer, evidence.Path));
    }

    [Fact]
    public void Alpine_and_dnf_lists_count_too()
    {
        Assert.Single(Base().Layer(layer => layer.File("var/cache/apk/APKINDEX.066df28d.tar.gz", "x")).Check<UpdateWithoutInstallCheck>());
        Assert.Single(Base().Layer(layer => layer.File("var/cache/dnf/fedora.solv", "x")).Check<UpdateWithoutInstallCheck>());
    }

    [Fact]
    public void An_update_with_an_install_is_none_whatever_the_history_says() =>
        Assert.Empty(Base().Layer("RUN /bin/sh -c apt-get update # buildkit", layer => layer.File("var/lib/apt/lists/a", "x").File("var/lib/dpkg/status", "Package: x\nVersion: 1\n"))
            .Layer("RUN /bin/sh -c apt-get update # buildkit", layer => layer.File("var/lib/apt/lists/lock", "")).Check<UpdateWithoutInstallCheck>());

    [Theory]
    [InlineData("ADD app.py /app/ # buildkit")]
    [InlineData("ADD --chown=app:app . /app # buildkit")]
    [InlineData("/bin/sh -c #(nop) ADD file:4b03b5f551e3fbdf47ec609712007327828f7530cc3455c43bbcdcaf449a75a9 in /app/ ")]
    [InlineData("/bin/sh -c #(nop) ADD dir:4b03b5f551e3fbdf47ec609712007327828f7530cc3455c43bbcdcaf449a75a9 in /app/ ")]
    public void Local_files_are_for_copy(string command) =>
        Assert.Equal(1, Assert.Single(Base().Layer(command, layer => layer.File("app/app.py", "x")).Check<AddInsteadOfCopyCheck>()).Layer);

    [Theory]
    [InlineData("ADD https://example.com/a.bin /usr/bin/ # buildkit")]
    [InlineData("ADD https://github.com/o/r.git#v1 /src # buildkit")]
    [InlineData("ADD rootfs.tar.gz / # buildkit")]
    [InlineData("ADD [\"a b.tar.xz\", \"/\"] # buildkit")]
    [InlineData("COPY app.py /app/ # buildkit")]
    public void Archives_and_addresses_are_for_add(string command) => Assert.Empty(Base().Layer(command, layer => layer.File("app/app.py", "x")).Check<AddInsteadOfCopyCheck>());

    [Fact]
    public void The_layer_tells_what_the_classic_builder_hashed()
    {
        const string add = "/bin/sh -c #(nop) ADD file:4b03b5f551e3fbdf47ec609712007327828f7530cc3455c43bbcdcaf449a75a9 in /app/ ";

        Assert.Empty(Base().Layer(add, layer => layer.File("app/a", "x").File("app/b", "x")).Check<AddInsteadOfCopyCheck>());
        Assert.Empty(Base().Layer(add, layer => layer.File("app/a", "x", Mode.Octal("600"))).Check<AddInsteadOfCopyCheck>());
    }

    [Fact]
    public void A_base_image_is_made_with_add() => Assert.Empty(Base().Check<AddInsteadOfCopyCheck>());

    [Theory]
    [InlineData("RUN /bin/sh -c apt-get update && apt-get -y dist-upgrade # buildkit", 1)]
    [InlineData("/bin/sh -c DEBIAN_FRONTEND=noninteractive apt full-upgrade -y", 1)]
    [InlineData("RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit", 0)]
    [InlineData("RUN /bin/sh -c echo 'never apt-get dist-upgrade' # buildkit", 0)]
    public void An_upgrade_of_the_distribution_is_read_from_the_command(string command, int findings) =>
        Assert.Equal(findings, Base().Layer(command, layer => layer.File("x", "x")).Check<DistUpgradeCheck>().Count);

    const string Gcc = "Package: gcc\nStatus: install ok installed\nVersion: 12\n\nPackage: libpq-dev\nStatus: install ok installed\nVersion: 15\n\n";

    [Fact]
    public void Build_packages_that_the_image_still_has_are_named_with_their_step() =>
        Assert.Equal("history step 3 installs gcc, libpq-dev, which the image still has", Assert.Single(Base()
            .Layer("RUN |1 V=1 /bin/sh -c apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev=15 curl # buildkit", layer => layer.File("var/lib/dpkg/status", Gcc))
            .Check<MultiStageMissingCheck>()).Text);

    [Fact]
    public void Build_packages_that_are_purged_again_are_no_finding() =>
        Assert.Empty(Base().Layer("RUN /bin/sh -c apt-get install -y gcc libpq-dev # buildkit", layer => layer.File("var/lib/dpkg/status", Gcc))
            .Layer("RUN /bin/sh -c apt-get purge -y gcc libpq-dev # buildkit", layer => layer.File("var/lib/dpkg/status", "Package: libc6\nStatus: install ok installed\nVersion: 2\n"))
            .Check<MultiStageMissingCheck>());

    [Theory]
    [InlineData("RUN /bin/sh -c go build -o /app ./cmd # buildkit", "usr/local/go/bin/go")]
    [InlineData("RUN /bin/sh -c cd src && cargo build --release # buildkit", "usr/bin/cargo")]
    [InlineData("RUN /bin/sh -c ./mvnw package -DskipTests # buildkit", "usr/bin/javac")]
    [InlineData("RUN /bin/sh -c dotnet publish -c Release # buildkit", "usr/share/dotnet/sdk/10.0.100/dotnet.dll")]
    [InlineData("RUN /bin/sh -c npm ci # buildkit", "app/node_modules/.package-lock.json")]
    public void A_build_whose_tools_are_still_there_is_a_finding(string command, string tool)
    {
        var image = Base().Env("PATH", "/usr/local/go/bin:/usr/bin").Layer(layer => layer.Program(tool)).Layer(command, layer => layer.File("app/out", "x"));

        Assert.Equal(2, Assert.Single(image.Check<MultiStageMissingCheck>()).Layer);
        Assert.Empty(image.Layer(layer => layer.Delete(tool)).Check<MultiStageMissingCheck>());
    }

    [Theory]
    [InlineData("RUN /bin/sh -c npm ci --omit=dev # buildkit")]
    [InlineData("RUN /bin/sh -c npm install -g pm2 # buildkit")]
    [InlineData("RUN /bin/sh -c npm ci && npm prune --omit=dev # buildkit")]
    public void Production_packages_are_what_runs(string command) =>
        Assert.Empty(Base().Layer(command, layer => layer.File("app/node_modules/.package-lock.json", "{}")).Check<MultiStageMissingCheck>());

    [Fact]
    public void A_secret_in_the_environment_is_masked()
    {
        var evidence = Assert.Single(Base().Env("PATH", "/bin").Env("DB_PASSWORD", "hunter2-and-more").Check<SecretInEnvCheck>());

        Assert.Equal("A secret, by the name of its variable: env DB_PASSWORD = hunt****", evidence.Text);
        Assert.Null(evidence.Layer);
        Assert.Equal(Severity.Critical, evidence.Severity);
    }

    [Fact]
    public void An_environment_of_settings_has_no_secrets() =>
        Assert.Empty(Base().Env("PATH", "/bin").Env("GPG_KEY", "7169605F62C751356D054A26A821E680E5FA6305").Env("DB_PASSWORD_FILE", "/run/secrets/db").Check<SecretInEnvCheck>());

    [Fact]
    public void A_build_argument_is_a_secret_in_the_history_of_its_layer()
    {
        var evidence = Assert.Single(Base().Layer("RUN |1 NPM_TOKEN=hunter2-and-more /bin/sh -c npm ci # buildkit", layer => layer.File("x", "x")).Check<SecretInHistoryCheck>());

        Assert.Equal(("A secret, by the name of its variable: history step 3 NPM_TOKEN = hunt****", 1), (evidence.Text, evidence.Layer));
    }

    [Fact]
    public void What_the_environment_shows_is_not_said_again_but_what_it_hides_is()
    {
        var image = Base().Step("ENV API_KEY=old-secret-value").Step("ENV API_KEY=new-secret-value").Env("API_KEY", "new-secret-value");

        Assert.Equal("A secret, by the name of its variable: history step 3 API_KEY = old-****", Assert.Single(image.Check<SecretInHistoryCheck>()).Text);
        Assert.Single(image.Check<SecretInEnvCheck>());
    }

    [Fact]
    public void An_ordinary_history_has_no_secrets() =>
        Assert.Empty(Base().Step("ARG NPM_TOKEN").Layer("RUN /bin/sh -c --mount=type=secret,id=npm_token npm ci # buildkit", layer => layer.File("x", "x")).Check<SecretInHistoryCheck>());

    [Theory]
    [InlineData("WORKDIR app", 1)]
    [InlineData("/bin/sh -c #(nop) WORKDIR ./src", 1)]
    [InlineData("WORKDIR /app", 0)]
    [InlineData("WORKDIR $HOME/app", 0)]
    [InlineData("WORKDIR C:\\app", 0)]
    public void A_relative_working_directory_is_read_from_the_history(string step, int findings) => Assert.Equal(findings, Base().Step(step).Check<RelativeWorkdirCheck>().Count);

    [Fact]
    public void A_relative_working_directory_is_read_from_the_configuration() =>
        Assert.Single(Base().With(config => config with { WorkingDir = "app" }).Check<RelativeWorkdirCheck>());

    // For each step once through the whole history, or the whole image, takes minutes.
    [Fact]
    public async Task A_long_history_is_gone_through_once()
    {
        var image = Base().Layer(layer => layer.File("app/node_modules/.package-lock.json", "{}"));
        for (var step = 0; step < 80_000; step++)
            image.Step("RUN npm install");
        var ran = Task.Run(image.Check<MultiStageMissingCheck>, TestContext.Current.CancellationToken);
        Assert.Equal(80_000, (await ran.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public void A_history_is_read_once_for_all_who_look()
    {
        var image = Base().Build();
        Assert.Same(image.Steps, image.Steps);
        Assert.Same(image.Mask, image.Mask);
    }
}
