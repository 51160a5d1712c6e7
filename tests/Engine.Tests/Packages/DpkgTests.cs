using System.Text;
using Plimsoll.Engine.Packages.Apk;
using Plimsoll.Engine.Packages.Dpkg;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class DpkgTests
{
    static PackageEvidence Dpkg(string status) => new DpkgReader().Read(new EvidenceFile("var/lib/dpkg/status", Encoding.UTF8.GetBytes(status)));

    static IReadOnlyList<PackageReport> Over(params TestLayer[] layers)
    {
        var indexes = layers.Select(layer => layer.Index()).ToList();
        return PackageHistory.Of(indexes, Engine.Files.FileTree.Of(indexes, Engine.Archives.Limits.Default), new OsRelease("debian", "12", "Debian 12"));
    }

    static string Status(params string[] packages) =>
        string.Join('\n', packages.Select(p => p.Split(' ')).Select(p => $"Package: {p[0]}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {p[1]}\n"));

    [Theory]
    [InlineData("install ok installed", true)]
    [InlineData("hold ok installed", true)]
    [InlineData("deinstall ok installed", true)]
    [InlineData("install ok unpacked", true)]
    [InlineData("install reinstreq half-installed", true)]
    [InlineData("deinstall ok config-files", false)]
    [InlineData("purge ok not-installed", false)]
    public void A_package_is_there_unless_its_state_says_otherwise(string status, bool there) =>
        Assert.Equal(there ? 1 : 0, Dpkg($"Package: a\nStatus: {status}\nVersion: 1\n").Packages.Count);

    [Theory]
    [InlineData("Source: glibc", "glibc", "1:2-3")]
    [InlineData("Source: glibc (2.36-9)", "glibc", "2.36-9")]
    [InlineData("Source: gcc-12 ( 12.2 )", "gcc-12", "12.2")]
    public void The_source_has_its_own_version_when_it_names_one(string line, string name, string version) =>
        Assert.Equal(new SourcePackage(name, version), Assert.Single(Dpkg($"Package: a\nVersion: 1:2-3\n{line}\n").Packages).Source);

    [Fact]
    public void Distroless_has_one_file_for_a_package_and_no_status()
    {
        var reader = new DpkgReader();
        Assert.True(reader.Wants("var/lib/dpkg/status.d/base"u8, []));
        Assert.False(reader.Wants("var/lib/dpkg/status.d/base.md5sums"u8, []));
        Assert.Equal("base-files", Assert.Single(Dpkg("Package: base-files\nVersion: 12.4\nDescription: x\n more\n .\n text: with colon\n").Packages).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("Package\nVersion\n")]
    [InlineData(": empty\n")]
    [InlineData("\0\0\0")]
    public void Nonsense_names_no_package(string status) => Assert.Empty(Dpkg(status).Packages);

    [Fact]
    public void A_record_without_a_version_is_noted_and_the_rest_is_read()
    {
        var list = Dpkg("Package: broken\nStatus: install ok installed\n\nPackage: good\nVersion: 1\n");
        Assert.Equal("good", Assert.Single(list.Packages).Name);
        Assert.Contains("without a package name or version", Assert.Single(list.Notes));
    }

    [Fact]
    public void A_package_belongs_to_the_first_layer_that_lists_it_and_is_kept_when_it_goes()
    {
        var packages = Over(
            new TestLayer().File("var/lib/dpkg/status", Status("libc6 1", "openssl 1")), new TestLayer().File("app", 1),
            new TestLayer().File("var/lib/dpkg/status", Status("libc6 1", "openssl 2", "curl 1")),
            new TestLayer().File("var/lib/dpkg/status", Status("libc6 1", "openssl 2")));
        Assert.Equal(
            [("curl", "1", 2, 3), ("libc6", "1", 0, null), ("openssl", "1", 0, 2), ("openssl", "2", 2, (int?)null)],
            packages.Select(p => (p.Name, p.Version, p.Layer, p.RemovedIn)));
    }

    [Fact]
    public void Packages_whose_database_was_deleted_are_still_known() =>
        Assert.Equal(1, Assert.Single(Over(new TestLayer().File("var/lib/dpkg/status", Status("libc6 1")), new TestLayer().Delete("var/lib/dpkg"))).RemovedIn);

    [Fact]
    public void A_purl_names_the_distribution_and_escapes_what_it_must() =>
        Assert.Equal("pkg:deb/debian/g%2B%2B-12@1:12.2%2Bdfsg~1-14?arch=amd64&distro=debian-12",
            Assert.Single(Over(new TestLayer().File("var/lib/dpkg/status", Status("g++-12 1:12.2+dfsg~1-14")))).Purl);

    [Fact]
    public void Apk_packages_have_an_origin_a_licence_and_an_architecture()
    {
        var list = new ApkReader().Read(new EvidenceFile("lib/apk/db/installed", "C:Q1\nP:musl-utils\nV:1.2.5-r0\nA:x86_64\nL:MIT AND BSD-2-Clause\no:musl\nF:sbin\nR:ldconfig\n\nP:busybox\nV:1.36.1-r5\no:busybox\n\nP:broken\n\n"u8.ToArray()));
        Assert.Equal(["musl-utils", "busybox"], list.Packages.Select(p => p.Name));
        Assert.Equal((new SourcePackage("musl", "1.2.5-r0"), "x86_64", "MIT AND BSD-2-Clause"), (list.Packages[0].Source, list.Packages[0].Architecture, list.Packages[0].Licences[0]));
        Assert.Null(list.Packages[1].Source);
        Assert.Single(list.Notes);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_real_debian_file_system_has_the_packages_that_dpkg_query_names()
    {
        Tool.SkipWithout("debootstrap", "jq");
        Assert.SkipUnless(Environment.UserName == "root", "debootstrap needs root");
        var folder = Repository.At(".cache/web-image");
        await Tool.Run(Repository.At("eng/make-web-image"), ["--base-only", folder]);
        var report = Assert.Single((await TestImage.Inspect(new ImageSource.File(Path.Combine(folder, "debian-base.tar")))).Report.Images);
        var expected = await File.ReadAllLinesAsync(Path.Combine(folder, "dpkg-query-base.txt"), TestContext.Current.CancellationToken);
        var actual = report.Packages.Where(p => p.RemovedIn is null)
            .Select(p => string.Join('\t', p.Name, p.Version, Architecture(p.Purl), p.Source?.Name ?? p.Name, p.Source?.Version ?? p.Version));
        Assert.True(expected.Length > 50, "the truth is too small to be one");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.Equal("debian", report.Config.OperatingSystem?.Id);
    }

    static string Architecture(string purl) => purl.Split("arch=")[1].Split('&')[0];
}
