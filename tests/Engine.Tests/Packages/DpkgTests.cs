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

    static FileOwners Owners(TestLayer layer) => new([layer.Index()], TestLayer.Fold(layer));

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
    public void A_language_package_that_a_debian_package_brought_names_its_owner_and_is_not_counted_twice()
    {
        var owners = Owners(new TestLayer().File("var/lib/dpkg/info/libx:amd64.list", "/.\n/lib/x.so\n/usr/lib/python3/six.egg-info\n"));
        Assert.Equal("libx", owners.Of("usr/lib/python3/six.egg-info", "pypi"));
        Assert.Equal("libx", owners.Of("usr/lib/x.so", "generic"));
        Assert.Null(owners.Of("usr/lib/y.so", "generic"));
        Assert.Null(owners.Of("usr/lib/x.so", "deb"));
    }

    [Fact]
    public void Distroless_names_the_files_of_a_package_by_their_sums()
    {
        var owners = Owners(new TestLayer().File("var/lib/dpkg/status.d/libssl3.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/lib/libssl.so.3\n"));
        Assert.Equal("libssl3", owners.Of("usr/lib/libssl.so.3", "generic"));
    }

    [Theory]
    [InlineData("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-2+ or Artistic\n text\n\nFiles: x\nLicense: MIT\n", "GPL-2+ or Artistic,MIT")]
    [InlineData("It is free.\nSee /usr/share/common-licenses/GPL-3, and `/usr/share/common-licenses/LGPL-2.1'.\n", "GPL-3,LGPL-2.1")]
    [InlineData("Do what you like.\n", "")]
    public void The_licences_of_a_package_stand_in_its_copyright_file(string copyright, string licences) =>
        Assert.Equal(licences, string.Join(',', Assert.Single(Over(new TestLayer()
            .File("var/lib/dpkg/status", Status("bash 5.2")).File("usr/share/doc/bash/copyright", copyright))).Licences));

    [Fact]
    public void A_documentation_folder_may_be_a_link_to_that_of_another_package() =>
        Assert.Equal("GPL-3", Assert.Single(Over(new TestLayer().File("var/lib/dpkg/status", Status("libgcc-s1 12"))
            .File("usr/share/doc/gcc-12-base/copyright", "/usr/share/common-licenses/GPL-3.").Symlink("usr/share/doc/libgcc-s1", "gcc-12-base"))).Licences[0]);

    [Fact]
    public void Apk_knows_the_files_of_its_packages()
    {
        var owners = Owners(new TestLayer().File("lib/apk/db/installed", "P:py3-six\nV:1\nF:usr/lib/python3.12/site-packages\nR:six.py\nF:\nR:top\n\n"));
        Assert.Equal("py3-six", owners.Of("usr/lib/python3.12/site-packages/six.py", "pypi"));
        Assert.Equal("py3-six", owners.Of("top", "pypi"));
    }

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
