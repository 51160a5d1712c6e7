using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class ConfigChecksTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/etc/")]
    [InlineData("/var/run/docker.sock")]
    [InlineData("/proc/sys")]
    [InlineData("/dev/fuse")]
    [InlineData("/root")]
    public void A_volume_over_the_system_is_a_finding(string volume) =>
        Assert.Single(new ImageBuilder().With(config => config with { Volumes = [volume] }).Check<SensitiveVolumeCheck>());

    [Fact]
    public void Volumes_for_data_are_fine() =>
        Assert.Empty(new ImageBuilder().With(config => config with { Volumes = ["/var/lib/postgresql/data", "/etc/nginx", "/dev/shm", "/process", "/data"] }).Check<SensitiveVolumeCheck>());

    [Theory]
    [InlineData("shop/web:latest")]
    [InlineData("shop/web")]
    public void An_image_that_is_only_latest_floats(string name) => Assert.Single(new ImageBuilder().Named(name).Check<LatestTagCheck>());

    [Fact]
    public void A_version_a_digest_or_no_name_at_all_pins_it()
    {
        Assert.Empty(new ImageBuilder().Check<LatestTagCheck>());
        Assert.Empty(new ImageBuilder().Named("shop/web:1.2").Check<LatestTagCheck>());
        Assert.Empty(new ImageBuilder().Named("shop/web:latest", "shop/web:1.2").Check<LatestTagCheck>());
        Assert.Empty(new ImageBuilder().Named("shop/web@sha256:" + new string('a', 64)).Check<LatestTagCheck>());
    }

    [Fact]
    public void Ports_below_1024_are_named_with_what_they_mean_for_the_user()
    {
        static IEnumerable<string> Ports(string user) =>
            new ImageBuilder().User(user).With(config => config with { ExposedPorts = ["80/tcp", "53/udp", "8080/tcp", "1024", "http"] }).Check<PrivilegedPortCheck>().Select(e => e.Text);

        Assert.Equal(2, Ports("").Count());
        Assert.All(Ports("root"), text => Assert.Contains("reason to run as root", text, StringComparison.Ordinal));
        Assert.All(Ports("10001"), text => Assert.Contains("may not bind it", text, StringComparison.Ordinal));
    }

    [Fact]
    public void High_ports_are_fine() => Assert.Empty(new ImageBuilder().With(config => config with { ExposedPorts = ["8080/tcp"] }).Check<PrivilegedPortCheck>());

    [Theory]
    [InlineData(40, 0)]
    [InlineData(41, 1)]
    public void More_than_forty_layers_are_too_many(int layers, int findings)
    {
        var image = new ImageBuilder();
        for (var i = 0; i < layers; i++)
            image.Layer(layer => layer.File("x", "x"));

        Assert.Equal(findings, image.Check<TooManyLayersCheck>().Count);
    }

    static IReadOnlyList<Evidence> Os(string id, string? version, string name = "Some Linux") =>
        new ImageBuilder().Layer(layer => layer.File("usr/lib/os-release", $"ID={id}\n{(version is null ? "" : $"VERSION_ID=\"{version}\"\n")}PRETTY_NAME=\"{name}\"\n")
            .Symlink("etc/os-release", "../usr/lib/os-release")).Check<EndOfLifeOsCheck>();

    [Theory]
    [InlineData("debian", "10", "2024-06-30")]
    [InlineData("ubuntu", "20.04", "2025-05-29")]
    [InlineData("alpine", "3.18.4", "2025-05-09")]
    [InlineData("centos", "7", "2024-06-30")]
    [InlineData("amzn", "2018.03", "2023-12-31")]
    [InlineData("opensuse-leap", "15.5", "2024-12-31")]
    [InlineData("fedora", "40", "2025-05-13")]
    public void A_release_that_has_ended_is_named_with_its_day(string id, string version, string end)
    {
        var evidence = Assert.Single(Os(id, version));

        Assert.Equal(($"Some Linux had its last update on {end}", "usr/lib/os-release"), (evidence.Text, evidence.Path));
    }

    [Theory]
    [InlineData("debian", "13")]
    [InlineData("debian", null)]
    [InlineData("ubuntu", "24.04")]
    [InlineData("alpine", "3.24.1")]
    [InlineData("alpine", "3.18_alpha20230329")]
    [InlineData("rhel", "9.4")]
    [InlineData("rocky", "9.4")]
    [InlineData("wolfi", "20230201")]
    [InlineData("amzn", "2023")]
    [InlineData("unheard-of", "1")]
    public void A_release_that_is_maintained_rolls_or_is_not_known_is_none(string id, string? version) => Assert.Empty(Os(id, version));

    [Fact]
    public void Centos_stream_is_not_centos()
    {
        Assert.Contains("2021-12-31", Assert.Single(Os("centos", "8", "CentOS Linux 8")).Text, StringComparison.Ordinal);
        Assert.Contains("2024-05-31", Assert.Single(Os("centos", "8", "CentOS Stream 8")).Text, StringComparison.Ordinal);
        Assert.Empty(Os("centos", "9", "CentOS Stream 9"));
    }
}
