using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests;

/// <summary>The sample against the plan that it was made from: each planted fault is named with its layer and its bytes.</summary>
public sealed class SampleTests
{
    static readonly JsonNode Plan = JsonNode.Parse(File.ReadAllText(Repository.At("samples/webapp.faults.json")))!;

    static async Task<ImageReport> Sample() =>
        Assert.Single((await TestImage.Inspect(new ImageSource.File(Repository.At("samples/webapp.tar")))).Report.Images);

    [Fact]
    public async Task Its_sizes_are_those_of_the_plan()
    {
        var report = await Sample();
        Assert.Equal((long)Plan["contentBytes"]!, report.Image.Size);
        Assert.Equal((long)Plan["reclaimableBytes"]!, report.Waste.ReclaimableBytes);
        Assert.Equal((long)Plan["duplicateBytes"]!, report.Waste.DuplicateBytes);
        Assert.Equal((double)Plan["dive"]!["efficiency"]!, report.Waste.Dive.Efficiency, 5);
        Assert.Equal((long)Plan["dive"]!["wastedBytes"]!, report.Waste.Dive.WastedBytes);
        Assert.Equal((double)Plan["dive"]!["userWastedPercent"]!, report.Waste.Dive.UserWastedPercent, 4);
    }

    [Fact]
    public async Task Its_layers_are_those_of_the_plan()
    {
        // The plan counts contents; the lowest layer has one of them under a second path, a hard link.
        var expected = Plan["layers"]!.AsArray().Select(l => ((string?)l!["digest"], (long)l["contentBytes"]!, (int)l["files"]! + ((int)l["index"]! == 0 ? 1 : 0)));
        Assert.Equal(expected, (await Sample()).Layers.Select(l => ((string?)l.DiffId.Value, l.Size, l.Files)));
    }

    [Fact]
    public async Task Every_hidden_file_is_named_with_its_layer_its_bytes_and_what_hid_it()
    {
        var expected = Plan["hidden"]!.AsArray().Select(h => ((string)h!["path"]!, (long)h["bytes"]!, (int)h["layer"]!, (int)h["hiddenBy"]!, (string)h["how"]!));
        var actual = (await Sample()).Waste.Files.Select(h => (h.Path, h.Bytes, h.Layer, h.HiddenBy,
            h.How switch { HiddenHow.Deleted => "removed", HiddenHow.MetadataCopy => "metadata-only", _ => "overwritten" }));
        Assert.Equal(expected.Order(), actual.Order());
    }

    public static TheoryData<string> Faults => new(Plan["findings"]!.AsArray().Select(fault => fault!.ToJsonString(new JsonSerializerOptions { WriteIndented = false })));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_planted_fault_is_found(string fault)
    {
        var planted = JsonNode.Parse(fault)!;
        var report = await Sample();
        var found = report.Findings.Where(finding => finding.Check == (string)planted["check"]!).ToList();
        Assert.NotEmpty(found);
        if (planted["layer"] is { } layer)
            Assert.Contains(found, finding => finding.Layer == (int)layer);
        var where = (string)planted["where"]!;
        if (where.StartsWith("config.Env ", StringComparison.Ordinal))
            Assert.Contains(found, finding => finding.Evidence.Contains(where["config.Env ".Length..], StringComparison.Ordinal));
        else if (!where.StartsWith("config.", StringComparison.Ordinal) && !found[0].Check.EndsWith("-cache", StringComparison.Ordinal))
            Assert.Contains(found, finding => finding.Path == where);
    }

    [Theory]
    [InlineData("apt-cache", "aptCache", 1)]
    [InlineData("pip-cache", "pipCache", 5)]
    public async Task A_cache_left_behind_has_its_bytes_and_its_layer(string check, string plan, int layer)
    {
        var finding = Assert.Single((await Sample()).Findings, finding => finding.Check == check);
        Assert.Equal((layer, Plan[plan]!.AsArray().Sum(file => (long)file!["bytes"]!)), (finding.Layer!.Value, finding.Bytes!.Value));
    }

    [Fact]
    public async Task The_deleted_key_is_found_in_the_layer_that_still_holds_it()
    {
        var key = Assert.Single((await Sample()).Findings, finding => finding.Path == "root/.ssh/id_rsa");
        Assert.Equal((3, Severity.High), (key.Layer!.Value, key.Severity));
        Assert.Contains("deleted by layer 6", key.Evidence);
    }

    [Fact]
    public async Task Its_packages_know_the_layer_that_brought_or_removed_them()
    {
        var packages = (await Sample()).Packages;
        Assert.Contains(packages, package => package is { Name: "libc6", Layer: 0, RemovedIn: null, Source.Name: "glibc" });
        Assert.Contains(packages, package => package is { Name: "libpq5", Layer: 1, RemovedIn: null });
        Assert.DoesNotContain(packages, package => package is { Name: "wget", RemovedIn: null });
        Assert.Contains(packages, package => package is { Purl: "pkg:pypi/flask@3.0.3", Layer: 5, OwnedBy: null });
        Assert.All(packages, package => Assert.StartsWith(package.Type == "deb" ? "pkg:deb/debian/" : "pkg:pypi/", package.Purl, StringComparison.Ordinal));
    }
}
