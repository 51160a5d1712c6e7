using System.Globalization;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Tests.Packages.Executables;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>Evidence that a layer has as a hard link, in the orders in which tars of pnpm's, OSTree's and busybox's images have it.</summary>
public sealed class LinkedEvidenceTests
{
    const string LeftPad = """{"name":"left-pad","version":"1.3.0"}""";
    const string Stored = "root/.local/share/pnpm/store/v10/files/2f/9a0c";
    const string Installed = "usr/src/app/node_modules/.pnpm/left-pad@1.3.0/node_modules/left-pad/package.json";

    /// <summary>Each package with the path that says so.</summary>
    static IEnumerable<string> In(LayerIndex layer) =>
        from found in layer.Packages
        from package in found.Value.Packages
        orderby found.Key
        select $"{package.Type}:{package.Name}@{package.Version} in {layer.Table[found.Key].Path}";

    [Theory]
    [InlineData(Packing.None), InlineData(Packing.Gzip), InlineData(Packing.Zstd)]
    public async Task A_package_of_pnpm_is_seen_though_its_content_came_with_the_store(Packing packing)
    {
        var tar = new TestLayer().File("etc/motd", 70_000).File(Stored, LeftPad).File("root/other", 600_000).HardLink(Installed, Stored).Tar();
        Assert.Equal([$"npm:left-pad@1.3.0 in {Installed}"], In(await TestLayer.Read(TestImage.Pack(tar, packing), Digest.Of(tar))));
    }

    [Theory]
    [InlineData("usr/src/app", true), InlineData("app", false)]
    [Trait("Category", "Slow")]
    public async Task What_pnpm_installs_is_seen_before_and_after_its_store(string application, bool isLinked)
    {
        Tool.SkipWithout("node", "tar");
        var pnpm = Path.Combine(await NpmPackage.Get("pnpm", "9.15.9"), "bin/pnpm.cjs");
        using var folder = new TemporaryFolder();
        folder.Write($"image/{application}/package.json", """{"name":"shop","version":"1.0.0","dependencies":{"express":"4.21.2"}}""");
        await Tool.Run("node", [pnpm, "install", "--dir", folder.At($"image/{application}"), "--store-dir", folder.At("image/root/.local/share/pnpm/store"), "--package-import-method", "hardlink"],
            new Dictionary<string, string> { ["HOME"] = folder.At("home"), ["CI"] = "1" });
        // In the order of names, as container engines write a layer.
        await Tool.Run("tar", ["--sort=name", "-C", folder.At("image"), "-cf", folder.At("layer.tar"), .. isLinked ? (string[])["root", "usr"] : ["app", "root"]]);
        var layer = TestLayer.IndexOf(await File.ReadAllBytesAsync(folder.At("layer.tar"), TestContext.Current.CancellationToken));
        // express@4.21.2, @scope+name@1.0.0: what pnpm calls the folders of the packages.
        var truth = Directory.GetDirectories(folder.At($"image/{application}/node_modules/.pnpm"), "*@*").Select(path => Path.GetFileName(path)!.Replace('+', '/')).Append("shop@1.0.0");
        Assert.Equal(truth.Order(StringComparer.Ordinal), layer.Packages.Values.SelectMany(evidence => evidence.Packages).Select(package => $"{package.Name}@{package.Version}").Order(StringComparer.Ordinal));
        Assert.Equal(isLinked, layer.Packages.Where(found => found.Value.Packages is [{ Name: "express" }]).All(found => layer.Table[found.Key].Type == EntryType.HardLink));
    }

    [Fact]
    public void The_store_after_the_application_is_a_link_to_what_was_read() =>
        Assert.Equal(["npm:left-pad@1.3.0 in app/node_modules/left-pad/package.json"],
            In(new TestLayer().File("app/node_modules/left-pad/package.json", LeftPad).HardLink(Stored, "app/node_modules/left-pad/package.json").Index()));

    [Fact]
    public void Each_place_of_a_package_is_reported()
    {
        const string Other = "srv/admin/node_modules/left-pad/package.json";
        var lower = new TestLayer().File(Stored, LeftPad).HardLink(Installed, Stored).HardLink(Other, $"./{Installed}").Index();
        Assert.Equal([$"npm:left-pad@1.3.0 in {Installed}", $"npm:left-pad@1.3.0 in {Other}"], In(lower));
        var upper = new TestLayer().Delete("usr/src").Index();
        var packages = PackageHistory.Of([lower, upper], FileTree.Of([lower, upper], Limits.Default), null);
        Assert.Equal([(Installed, 1), (Other, null)], packages.Select(package => (Assert.Single(package.Locations), package.RemovedIn)));
    }

    [Fact]
    public void An_rpm_database_of_an_ostree_image_is_read() =>
        Assert.Equal(["rpm:tool@1.2-3.el9 in usr/lib/sysimage/rpm/rpmdb.sqlite"], In(new TestLayer().File("sysroot/ostree/repo/objects/0a/1b.file", SmallRpm.Sqlite("tool"))
            .HardLink("usr/lib/sysimage/rpm/rpmdb.sqlite", "/sysroot/ostree/repo/objects/0a/1b.file").Index()));

    [Fact]
    public void A_busybox_whose_first_name_is_another_is_known()
    {
        var busybox = new SmallElf(is64: true, bigEndian: false) { Sections = { (".rodata", [.. "\0BusyBox v1.36.1 (2024)\0"u8]) } }.Bytes();
        Assert.Equal(["generic:busybox@1.36.1 in bin/busybox"], In(new TestLayer().File("bin/[", busybox).HardLink("bin/ash", "bin/[").HardLink("bin/busybox", "bin/[").Index()));
    }

    [Fact]
    public void A_go_program_is_read_once_whatever_its_names()
    {
        var go = new SmallElf(is64: true, bigEndian: false) { Sections = { (".go.buildinfo", GoTests.Inline("go1.22.1", "")) } }.Bytes();
        Assert.Equal(["golang:stdlib@1.22.1 in bin/a"], In(new TestLayer().File("bin/a", go).HardLink("bin/node", "bin/a").Index()));
    }

    [Theory]
    [InlineData("nowhere"), InlineData("../../etc/passwd"), InlineData("usr"), InlineData(Installed)]
    public void A_link_that_leads_to_no_file_is_no_evidence(string target) =>
        Assert.Empty(In(new TestLayer().Directory("usr").HardLink(Installed, target).File("later", LeftPad).Index()));

    [Fact]
    public void A_link_means_the_file_that_was_there_before_it() =>
        Assert.Equal([$"npm:left-pad@1.3.0 in {Installed}"], In(new TestLayer().File(Stored, "{}").File(Stored, LeftPad).HardLink(Installed, Stored).File(Stored, "[]").Index()));

    [Fact]
    public void A_broken_file_is_noted_by_the_name_that_says_evidence()
    {
        var layer = new TestLayer().File(Stored, "{").HardLink(Installed, Stored).Index();
        Assert.Equal($"{Installed} was not read: it is not valid JSON", Assert.Single(layer.Notes));
    }

    [Fact]
    public async Task A_layer_that_is_another_when_it_is_read_again_is_not_believed()
    {
        var (first, second) = (new TestLayer().File(Stored, LeftPad).HardLink(Installed, Stored).Tar(), new TestLayer().File(Stored, LeftPad.Replace('3', '4')).HardLink(Installed, Stored).Tar());
        var opened = 0;
        var blob = new LayerBlob(null, Digest.Of(first), first.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(opened++ == 0 ? first : second)));
        var layer = await new LayerReader(Limits.Default).Read(blob, new Budget("files", 100), null, TestContext.Current.CancellationToken);
        Assert.Empty(In(layer));
        Assert.Equal($"{Installed} leads to a file that was something else when it was read again", Assert.Single(layer.Notes));
    }

    [Fact]
    public async Task A_layer_without_such_links_is_opened_once()
    {
        var tar = new TestLayer().File("usr/bin/perl", 100).HardLink("usr/bin/perl5.36", "usr/bin/perl").File("srv/node_modules/left-pad/package.json", LeftPad).Tar();
        var opened = 0;
        var blob = new LayerBlob(null, Digest.Of(tar), tar.Length, _ => ValueTask.FromResult<Stream>(opened++ == 0 ? new MemoryStream(tar) : throw new InvalidOperationException("it was opened again")));
        Assert.Single(In(await new LayerReader(Limits.Default).Read(blob, new Budget("files", 100), null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_large_list_of_packages_with_many_names_is_stopped_at_the_limit_of_memory()
    {
        var libraries = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"A{i}/1\":{{\"type\":\"package\",\"runtime\":{{\"a\":{{}}}}}}"));
        var layer = new TestLayer().File("store/0a", $"{{\"targets\":{{\"t\":{{{libraries}}}}},\"libraries\":{{{libraries}}}}}");
        for (var i = 0; i < 1_000; i++)
            layer.HardLink(string.Create(CultureInfo.InvariantCulture, $"srv/{i}.deps.json"), "store/0a");
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => TestLayer.Read(layer.Tar()));
        Assert.Contains("bytes of package data", error.Message, StringComparison.Ordinal);
    }
}
