using CsCheck;
using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>What holds for every order: which ecosystem has it, and the laws of an order.</summary>
public sealed class VersionOrdersTests
{
    static readonly VersionPieces[] All =
    [
        DpkgVersionTests.Pieces, RpmVersionTests.Pieces, ApkVersionTests.Pieces, SemVerVersionTests.Pieces, SemVerVersionTests.BuildPieces, SemVerVersionTests.BitnamiPieces,
        GoVersionTests.Pieces, PythonVersionTests.Pieces, NuGetVersionTests.Pieces, MavenVersionTests.Pieces, RubyGemsVersionTests.Pieces, ComposerVersionTests.Pieces,
    ];

    public static TheoryData<string> Names => [.. VersionOrders.All.Select(order => order.Name)];

    static VersionPieces PiecesOf(string name) => All.Single(pieces => pieces.Order.Name == name);

    [Fact]
    public void Each_order_has_a_name_of_its_own_and_is_tested()
    {
        Assert.Distinct(VersionOrders.All.Select(order => order.Name));
        Assert.Equal(VersionOrders.All.Select(order => order.GetType()).OrderBy(type => type.Name), All.Select(pieces => pieces.Order.GetType()).OrderBy(type => type.Name));
        Assert.All(VersionOrders.All, order => Assert.True(order.Revision > 0));
    }

    [Theory]
    [InlineData("Debian", "dpkg"), InlineData("Ubuntu", "dpkg"), InlineData("Alpine", "apk"), InlineData("Wolfi", "apk"), InlineData("Chainguard", "apk")]
    [InlineData("AlmaLinux", "rpm"), InlineData("Rocky Linux", "rpm"), InlineData("Red Hat", "rpm"), InlineData("SUSE", "rpm"), InlineData("openSUSE", "rpm"), InlineData("Mageia", "rpm")]
    [InlineData("npm", "semver"), InlineData("crates.io", "semver"), InlineData("Hex", "semver"), InlineData("SwiftURL", "semver"), InlineData("Pub", "semver-build"), InlineData("Julia", "semver-build")]
    [InlineData("Go", "go"), InlineData("PyPI", "pep440"), InlineData("NuGet", "nuget"), InlineData("Maven", "maven"), InlineData("RubyGems", "rubygems"), InlineData("Packagist", "composer"), InlineData("Bitnami", "bitnami")]
    public void An_ecosystem_has_its_order(string ecosystem, string name) => Assert.Equal(name, VersionOrders.For(ecosystem)?.Name);

    [Theory]
    [InlineData("GIT"), InlineData("OSS-Fuzz"), InlineData("Debian:12"), InlineData("debian"), InlineData(""), InlineData("Root")]
    public void Another_has_none(string ecosystem) => Assert.Null(VersionOrders.For(ecosystem));

    [Fact]
    public void Nearly_all_that_real_advisories_name_are_versions()
    {
        Assert.SkipUnless(RealVersions.AreThere, "PLIMSOLL_OSV_DATA is not set");
        foreach (var ecosystem in RealVersions.Ecosystems.Where(ecosystem => VersionOrders.For(ecosystem) is not null))
        {
            var versions = RealVersions.Of(ecosystem).ToList();
            var none = versions.Where(version => VersionOrders.For(ecosystem)!.Parse(version) is null).ToList();
            TestContext.Current.TestOutputHelper!.WriteLine($"measured: versions: {ecosystem}: {none.Count} of {versions.Count} that advisories name are none{(none.Count > 0 ? ": " : "")}{string.Join(", ", none.Take(3))}");
            Assert.True(none.Count <= versions.Count / 100, $"{ecosystem}: {string.Join(", ", none)}");
        }
    }

    [Fact]
    public void Versions_of_two_orders_have_none_between_them()
    {
        var (one, other) = (VersionOrders.For("npm")!.Parse("1.0.0")!, VersionOrders.For("Go")!.Parse("1.0.0")!);

        Assert.Throws<ArgumentException>(() => one.CompareTo(other));
        Assert.True(one.CompareTo(null) > 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void Three_versions_stand_in_one_order(string name)
    {
        var pieces = name is "maven" ? MavenVersionTests.Ordered : PiecesOf(name);
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong).Sample((x, y, z) =>
        {
            if (pieces.Order.Parse(pieces.Version(x)) is not { } a || pieces.Order.Parse(pieces.Version(y)) is not { } b || pieces.Order.Parse(pieces.Version(z)) is not { } c)
                return;
            Assert.Equal(0, a.CompareTo(pieces.Order.Parse(a.Text)));
            Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
            Assert.False(a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0 && a.CompareTo(c) > 0, $"{a} {b} {c}");
            Assert.False(a.CompareTo(b) == 0 && Math.Sign(a.CompareTo(c)) != Math.Sign(b.CompareTo(c)), $"{a} is {b}, but not to {c}");
        }, iter: 5_000);
    }

    [Theory, MemberData(nameof(Names))]
    public void No_text_makes_it_throw(string name)
    {
        var order = PiecesOf(name).Order;
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789abrv.-_+~^:!@ \t\n()${}"], 0, 30]).Array[2].Sample(texts =>
        {
            if (order.Parse(texts[0]) is { } a && order.Parse(texts[1]) is { } b)
                Assert.Equal(a.CompareTo(b), -b.CompareTo(a));
        }, iter: 5_000);
    }
}
