using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Rpm;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class RpmTests(RpmDatabases databases)
{
    static PackageEvidence Read(string path, byte[] database) => new RpmReader().Read(new EvidenceFile(path, database));

    static IEnumerable<string> Lines(PackageEvidence evidence) => evidence.Packages.Select(package => string.Join('\t',
        package.Name, package.Version, package.Architecture, Assert.Single(package.Licences), package.Qualifiers.Single(pair => pair.Key == "upstream").Value)).Order(StringComparer.Ordinal);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_sqlite_database_has_the_packages_that_rpm_names()
    {
        var truth = await databases.Truth();
        Assert.Equal(24, truth.Count);
        Assert.Equal(truth, Lines(Read("var/lib/rpm/rpmdb.sqlite", databases.Sqlite)));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_ndb_database_has_the_packages_that_rpm_names() =>
        Assert.Equal(await databases.Truth(), Lines(Read("usr/lib/sysimage/rpm/Packages.db", databases.Ndb)));

    [Theory]
    [InlineData(512, false), InlineData(4096, false), InlineData(16384, true), InlineData(65536, false), InlineData(4096, true)]
    [Trait("Category", "Slow")]
    public async Task A_berkeley_database_has_the_packages_that_rpm_names(int pageBytes, bool bigEndian)
    {
        var truth = await databases.Truth();
        var evidence = Read("var/lib/rpm/Packages", await databases.Berkeley(pageBytes, bigEndian));
        Assert.Equal(truth, Lines(evidence));
        Assert.Empty(evidence.Notes);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_package_knows_its_epoch_its_source_and_its_files()
    {
        await databases.Truth();
        var layer = new TestLayer().File("var/lib/rpm/rpmdb.sqlite", databases.Sqlite)
            .File("usr/lib/python3/site-packages/tool3.egg-info/PKG-INFO", "Metadata-Version: 1.0\nName: tool3\nVersion: 9\n").Index();
        var packages = PackageHistory.Of([layer], FileTree.Of([layer], Limits.Default), new OsRelease("rocky", "9.3", "Rocky Linux"));
        Assert.Contains(packages, package => package is
        {
            Name: "tool3", Version: "3:3.1~rc1-4.el9", Source: { Name: "tool3", Version: "3.1~rc1-4.el9" },
            Purl: "pkg:rpm/rocky/tool3@3.1~rc1-4.el9?arch=noarch&distro=rocky-9.3&epoch=3&upstream=tool3-3.1~rc1-4.el9.src.rpm",
        });
        Assert.Equal("tool3-libs", packages.Single(package => package.Type == "pypi").OwnedBy);
    }

    [Fact]
    public void A_distroless_mariner_image_has_a_manifest_in_place_of_a_database()
    {
        var package = Assert.Single(Read("var/lib/rpmmanifest/container-manifest-2",
            "openssl\t1.1.1k-29.cm2\t1711\t1709\tMicrosoft Corporation\t(none)\t1234\tx86_64\t0\topenssl-1.1.1k-29.cm2.src.rpm\nbroken\n"u8.ToArray()).Packages);
        Assert.Equal(("openssl", "1.1.1k-29.cm2", "x86_64", new SourcePackage("openssl", "1.1.1k-29.cm2")), (package.Name, package.Version, package.Architecture, package.Source));
    }

    [Theory]
    [InlineData("openssl-3.0.7-27.el9.src.rpm", "openssl", "3.0.7-27.el9")]
    [InlineData("java-17-openjdk-17.0.9.0.9-2.el9.nosrc.rpm", "java-17-openjdk", "17.0.9.0.9-2.el9")]
    public void The_source_package_stands_in_the_name_of_its_file(string file, string name, string version) => Assert.Equal(new SourcePackage(name, version), RpmPackage.SourceOf(file));

    [Theory]
    [InlineData("var/lib/rpm/Packages", true), InlineData("var/lib/rpm/rpmdb.sqlite", true), InlineData("usr/share/rpm/Packages.db", true), InlineData("usr/lib/sysimage/rpm/rpmdb.sqlite", true)]
    [InlineData("var/lib/rpm/rpmdb.sqlite-wal", false), InlineData("opt/var/lib/rpm/Packages", false), InlineData("var/lib/rpm/Name", false)]
    public void Databases_are_looked_for_where_rpm_keeps_them(string path, bool wanted) => Assert.Equal(wanted, new RpmReader().Wants(Encoding.UTF8.GetBytes(path), []));

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_damaged_database_ends_with_a_reason_and_soon()
    {
        await databases.Truth();
        foreach (var (path, database) in new[] { ("var/lib/rpm/rpmdb.sqlite", databases.Sqlite), ("var/lib/rpm/Packages.db", databases.Ndb), ("var/lib/rpm/Packages", await databases.Berkeley(4096, false)) })
            Damage.Try(database, 1500, bytes => Read(path, bytes));
    }

    [Fact]
    public void A_table_whose_pages_point_at_themselves_is_refused()
    {
        var page = new byte[512];
        "SQLite format 3\0"u8.CopyTo(page);
        (page[16], page[17], page[100], page[104], page[111]) = (2, 0, 5, 1, 1);
        (page[112], page[113], page[403]) = (1, 0x90, 1);
        Assert.Throws<MalformedFileException>(() => Read("var/lib/rpm/rpmdb.sqlite", page));
    }
}
