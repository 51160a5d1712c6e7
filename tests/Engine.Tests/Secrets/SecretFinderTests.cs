using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>The secrets in the files of whole images: of which layer they are, and how much is believed of them.</summary>
public sealed class SecretFinderTests
{
    static readonly string Token = new Bodies(31).Fill("glpat-{A20}");
    static readonly string Key = new Bodies(32).Fill("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA{b48}\n{k20}\n{b40}\n-----END RSA PRIVATE KEY-----\n");
    static readonly string Program = $"\u007fELF\0\0{Key}\0";

    static SecretReport Found(Func<TestLayer, TestLayer> write) => Assert.Single(SecretFinder.Find(new ImageBuilder().Layer(write).Build()));

    [Fact]
    public void A_secret_has_its_rule_its_line_its_layer_and_a_mask() => Assert.Equal(
        new SecretReport("gitlab-token", "A GitLab token", Severity.Critical, "app/.env:2", "app/.env", 2, 1, null, "glpa****"),
        Assert.Single(SecretFinder.Find(new ImageBuilder().Layer(layer => layer).Layer(layer => layer.File("app/.env", $"A=1\nB={Token}\n")).Build())));

    [Fact]
    public void A_secret_that_a_later_layer_deletes_is_still_in_the_image()
    {
        var found = Assert.Single(SecretFinder.Find(new ImageBuilder().Layer(layer => layer.File("root/key", Token)).Layer(layer => layer).Layer(layer => layer.Delete("root/key")).Build()));

        Assert.Equal((0, 2), (found.Layer, found.RemovedIn));
    }

    [Fact]
    public void A_value_that_several_layers_have_at_one_path_is_said_once()
    {
        var found = Assert.Single(SecretFinder.Find(new ImageBuilder()
            .Layer(layer => layer.File("app/a", Token)).Layer(layer => layer.File("app/a", $"\n{Token}")).Layer(layer => layer.Delete("app/a")).Build()));

        Assert.Equal((0, 2), (found.Layer, found.RemovedIn));
    }

    [Fact]
    public void Another_value_at_the_same_path_is_another_secret()
    {
        var found = SecretFinder.Find(new ImageBuilder()
            .Layer(layer => layer.File("app/a", Token)).Layer(layer => layer.File("app/a", new Bodies(33).Fill("glpat-{A20}"))).Build());

        Assert.Equal([(0, 1), (1, null)], found.Select(secret => (secret.Layer!.Value, secret.RemovedIn)));
    }

    [Theory]
    [InlineData("app/token", Severity.Critical)]
    [InlineData("etc/token", Severity.Critical)]
    [InlineData("app/tests/token", Severity.Low)]
    [InlineData("usr/lib/node_modules/npm/token", Severity.Low)]
    [InlineData("app/token.md", Severity.Low)]
    [InlineData("usr/share/mysql/mysql-test/token", Severity.Low)]
    [InlineData("app/contest/token", Severity.Critical)]
    public void A_place_lowers_the_severity(string path, Severity severity) => Assert.Equal(severity, Found(layer => layer.File(path, Token)).Severity);

    [Theory]
    [InlineData("usr/share/tool/settings", Severity.Low)]
    [InlineData("etc/tool/settings", Severity.Critical)]
    [InlineData("usr/local/share/settings", Severity.Critical)]
    public void A_file_as_a_package_of_the_system_brought_it_is_everybodys(string path, Severity severity) => Assert.Equal(severity,
        Found(layer => layer.File(path, Token).File("var/lib/dpkg/info/tool.list", $"/.\n/{path}\n")).Severity);

    [Fact]
    public void A_file_that_a_later_layer_put_in_the_place_of_a_packages_is_believed()
    {
        var found = Assert.Single(SecretFinder.Find(new ImageBuilder()
            .Layer(layer => layer.File("usr/share/tool/settings", "").File("var/lib/dpkg/info/tool.list", "/usr/share/tool/settings\n"))
            .Layer(layer => layer.File("usr/share/tool/settings", Token)).Build()));

        Assert.Equal(Severity.Critical, found.Severity);
    }

    [Theory]
    [InlineData("usr/lib/libtls.so.30", Severity.Low)]
    [InlineData("opt/shop/libshop.so", Severity.Low)]
    [InlineData("usr/local/bin/shop", Severity.Critical)]
    public void A_key_in_a_shared_library_is_likely_to_be_for_its_self_test(string path, Severity severity)
    {
        var found = Found(layer => layer.File(path, Program));

        Assert.Equal(("private-key", severity, null), (found.Rule, found.Severity, found.Line));
    }

    [Fact]
    public void A_key_in_a_program_of_a_package_is_everybodys() => Assert.Equal(
        "A private key (in a file as a package of the operating system brought it: everybody can have it)",
        Found(layer => layer.File("usr/bin/tool", Program).File("var/lib/dpkg/info/tool.list", "/usr/bin/tool\n")).Title);

    [Fact]
    public void A_key_file_stays_critical_whoever_brought_it() => Assert.Equal(Severity.Critical,
        Found(layer => layer.File("usr/share/tool/server.key", Key).File("var/lib/dpkg/info/tool.list", "/usr/share/tool/server.key\n")).Severity);

    [Fact]
    public void A_token_in_a_shared_library_is_believed() =>
        Assert.Equal(Severity.Critical, Found(layer => layer.File("app/libshop.so", $"\0{Token}\0")).Severity);
}
