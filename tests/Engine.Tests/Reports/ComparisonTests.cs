using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class ComparisonTests
{
    static readonly FileTree Nothing = FileTree.Of([], Limits.Default);

    static Comparison Compare(ImageReport before, ImageReport after) => Comparison.Of(before, Nothing, after, Nothing);

    static PackageReport Package(string name, string version, string? ownedBy = null, int? removedIn = null) =>
        new("npm", name, version, $"pkg:npm/{name}@{version}", null, 0, ["a"], [], ownedBy, removedIn);

    static SecretReport Secret(string path, string masked, int line = 1) => new("github-token", "A token", Severity.Critical, $"{path}:{line}", path, line, 0, null, masked);

    [Fact]
    public void Packages_come_go_and_change_their_version()
    {
        var before = SampleReport.Of() with { Packages = [Package("a", "1"), Package("b", "1"), Package("c", "1"), Package("c", "2")] };
        var after = SampleReport.Of() with { Packages = [Package("a", "1"), Package("b", "2"), Package("c", "2"), Package("d", "1")] };
        Assert.Equal([("b", "1", "2"), ("c", "1, 2", "2"), ("d", null, "1")], Compare(before, after).Packages.Select(change => (change.Name, change.Before, change.After)));
    }

    [Fact]
    public void What_is_not_installed_or_is_part_of_another_package_is_not_compared()
    {
        var after = SampleReport.Of() with { Packages = [Package("a", "1", ownedBy: "node-a"), Package("b", "1", removedIn: 1)] };
        Assert.Empty(Compare(SampleReport.Of(), after).Packages);
    }

    [Fact]
    public void A_secret_is_new_when_its_place_or_its_value_is_and_not_when_its_line_moves()
    {
        var before = SampleReport.Of(secrets: [Secret("app/.env", "ghp_****", 3), Secret("app/old", "ghp_****")]);
        var after = SampleReport.Of(secrets: [Secret("app/.env", "ghp_****", 7), Secret("app/new", "ghp_****"), Secret("app/.env", "gho_****")]);
        var comparison = Compare(before, after);
        Assert.Equal(["app/new:1", "app/.env:1"], comparison.NewSecrets.Select(secret => secret.Location));
        Assert.Equal(["app/old:1"], comparison.FixedSecrets.Select(secret => secret.Location));
    }

    [Fact]
    public void An_image_compared_with_itself_has_no_change()
    {
        var image = SampleReport.Of(findings: [SampleReport.Finding("sudo", Severity.Low)], secrets: [SampleReport.Secret(Severity.High)]) with { Packages = [Package("a", "1")] };
        Assert.True(Compare(image, image) is { Files: [], NewFindings: [], FixedFindings: [], NewSecrets: [], FixedSecrets: [], Packages: [], SharedLayers: 2 });
    }
}
