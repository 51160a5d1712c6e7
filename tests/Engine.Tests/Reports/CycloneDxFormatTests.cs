using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using static Plimsoll.Engine.Tests.Reports.SbomSamples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class CycloneDxFormatTests
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string Text(Report report) => Written(report, CycloneDxFormat.Write);

    static JsonNode Document(Report report) => JsonNode.Parse(Text(report))!;

    static IEnumerable<JsonNode> Components(JsonNode of) => (of["components"]?.AsArray() ?? []).Select(component => component!);

    static IEnumerable<string> Values(JsonNode component, string name) => (component["properties"]?.AsArray() ?? [])
        .Where(property => (string)property!["name"]! == $"plimsoll:{name}").Select(property => (string)property!["value"]!);

    public static TheoryData<string> Cases => [.. CaseNames];

    [Theory, MemberData(nameof(Cases))]
    public async Task A_document_is_valid_by_the_schema_of_the_specification(string name) => Assert.Equal("null", await SbomReaders.Complaints(Text(await Case(name))));

    [Theory]
    [InlineData("\"version\": \"13.0.3\"", "\"version\": 13")]
    [InlineData("\"id\": \"WTFPL\"", "\"id\": \"BEER\"")]
    [InlineData("\"type\": \"library\"", "\"type\": \"libary\"")]
    public async Task The_validator_refuses_what_is_no_such_document(string right, string wrong)
    {
        var text = Text(Of(EveryType));
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.NotEqual("null", await SbomReaders.Complaints(text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task References_are_unique_and_lead_somewhere(string name)
    {
        var document = Document(await Case(name));
        var images = Components(document).Where(component => (string)component["type"]! == "container").ToList();
        var all = Components(document).Concat(images.SelectMany(Components)).Append(document["metadata"]!["component"]!).Select(component => (string)component["bom-ref"]!).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        var edges = document["dependencies"]!.AsArray().SelectMany(edge => edge!["dependsOn"]!.AsArray().Select(to => (string)to!)).ToList();
        Assert.Equal(all.Where(reference => reference != (string)document["metadata"]!["component"]!["bom-ref"]!).Order(), edges.Order());
    }

    [Fact]
    public async Task Another_reader_finds_the_packages_that_the_report_has()
    {
        var report = await Sample();
        var rows = await SbomReaders.Run(
            """
            const { PackageURL } = require('packageurl-js');
            for (const { purl, name, group, version } of JSON.parse(input).components.filter(component => component.purl)) {
                const url = PackageURL.fromString(purl);
                console.log([url.type, group ? `${group}/${name}` : name, version, url.version].join('\t'));
            }
            """, Text(report));
        Assert.Equal(
            report.Images[0].Packages.Select(package => string.Join('\t', package.Type, package.Name, package.Version, package.Version)),
            rows.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_subject_is_the_image_with_its_digest_and_its_package_url()
    {
        var document = Document(await Sample());
        var subject = document["metadata"]!["component"]!;
        Assert.Equal(("container", "docker.io/library/webapp"), ((string)subject["type"]!, (string)subject["name"]!));
        Assert.StartsWith("sha256:", (string)subject["version"]!, StringComparison.Ordinal);
        Assert.Equal($"pkg:oci/webapp@{subject["version"]}?arch=amd64&repository_url=docker.io%2Flibrary%2Fwebapp&tag=1.4.2", (string)subject["purl"]!);
        Assert.Equal("2025-10-06T09:31:17Z", (string)document["metadata"]!["timestamp"]!);
        Assert.Equal("debian", (string)Components(document).Single(component => (string)component["type"]! == "operating-system")["name"]!);
    }

    [Fact]
    public void A_package_says_where_it_comes_from()
    {
        var document = Document(Of(Package("deb", "libssl3", "3.0.17-1", "Apache-2.0") with
        {
            Source = new Engine.Packages.SourcePackage("openssl", "3.0.17-1"), OwnedBy = "owner", Locations = ["var/lib/dpkg/status", "usr/lib/os"], Layer = 1,
        }));
        var package = Components(document).Last();
        Assert.Equal(["1"], Values(package, "layer"));
        Assert.Equal([Engine.Images.Digest.Of([1]).Value], Values(package, "layerDiffId"));
        Assert.Equal(["openssl", "3.0.17-1", "owner"], Values(package, "sourceName").Concat(Values(package, "sourceVersion")).Concat(Values(package, "ownedBy")));
        Assert.Equal(["var/lib/dpkg/status", "usr/lib/os"], package["evidence"]!["occurrences"]!.AsArray().Select(place => (string)place!["location"]!));
    }

    [Fact]
    public void A_package_that_a_layer_removed_is_counted_and_left_out()
    {
        var document = Document(Of(Package("npm", "here", "1"), Package("npm", "gone", "1") with { RemovedIn = 1 }));
        Assert.Equal(["debian", "here"], Components(document).Select(component => (string)component["name"]!));
        Assert.Equal(["1"], Values(document["metadata"]!["component"]!, "packagesRemoved"));
    }

    [Theory]
    [InlineData("npm", "@angular/core", "@angular", "core")]
    [InlineData("npm", "left-pad", null, "left-pad")]
    [InlineData("maven", "org.slf4j:slf4j-api", "org.slf4j", "slf4j-api")]
    [InlineData("composer", "symfony/console", "symfony", "console")]
    [InlineData("golang", "github.com/owner/module", null, "github.com/owner/module")]
    public void A_group_stands_apart_where_the_ecosystem_has_one(string type, string name, string? group, string rest)
    {
        var package = Components(Document(Of(Package(type, name, "1")))).Last();
        Assert.Equal((group, rest), ((string?)package["group"], (string?)package["name"]));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("mit", """[{"license":{"id":"MIT","acknowledgement":"declared"}}]""")]
    [InlineData("GPL-2+", """[{"license":{"id":"GPL-2.0-or-later","acknowledgement":"declared"}}]""")]
    [InlineData("public-domain", """[{"license":{"name":"public-domain","acknowledgement":"declared"}}]""")]
    [InlineData("MIT OR ISC", """[{"expression":"MIT OR ISC","acknowledgement":"declared"}]""")]
    [InlineData("Apache-2.0+", """[{"expression":"Apache-2.0+","acknowledgement":"declared"}]""")]
    [InlineData("MIT|Expat|ISC", """[{"license":{"id":"MIT","acknowledgement":"declared"}},{"license":{"id":"ISC","acknowledgement":"declared"}}]""")]
    [InlineData("MIT OR ISC|Zlib", """[{"expression":"(MIT OR ISC) AND Zlib","acknowledgement":"declared"}]""")]
    [InlineData("MIT OR ISC|odd", """[{"license":{"name":"MIT OR ISC","acknowledgement":"declared"}},{"license":{"name":"odd","acknowledgement":"declared"}}]""")]
    public void A_licence_is_an_identifier_an_expression_or_a_name(string licences, string? expected) =>
        Assert.Equal(expected, Components(Document(Of(Package("npm", "a", "1", licences.Split('|'))))).Last()["licenses"]?.ToJsonString(Plain));

    [Fact]
    public void Names_come_through_whatever_is_in_them()
    {
        var shown = Components(Document(Of(Odd))).Skip(1).Select(component => ((string?)component["name"], (string?)component["version"] ?? ""));
        Assert.Equal(Odd.Where(package => package.RemovedIn is null).Select(package => ((string?)package.Name, package.Version)), shown);
        Assert.DoesNotContain(Text(Of(Odd)), c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Half_a_character_becomes_the_sign_for_what_is_no_character()
    {
        var text = Text(Of(Package("npm", "half\ud83d", "1", "half\udea2")));
        Assert.Equal("half\ufffd", (string)Components(JsonNode.Parse(text)!).Last()["name"]!);
    }

    [Fact]
    public void Several_images_are_an_assembly_in_which_each_has_its_own_packages()
    {
        var document = Document(new Report([Image(EveryType), Image([Package("npm", "left-pad", "1.3.0")], "linux/arm64")], [new Failure("web.tar", "it is empty", "make it again")]));
        Assert.Equal("registry.example:5000/shop/web", (string)document["metadata"]!["component"]!["name"]!);
        Assert.Equal(["linux/amd64", "linux/arm64"], Components(document).SelectMany(image => Values(image, "platform")));
        Assert.Equal([EveryType.Count + 1, 2], Components(document).Select(image => Components(image).Count()));
        Assert.Equal(["web.tar: it is empty"], Values(document["metadata"]!, "failure"));
    }

    [Fact]
    public void An_image_that_names_no_moment_has_none()
    {
        var document = Document(new Report([Nameless()], []));
        Assert.Null(document["metadata"]!["timestamp"]);
        Assert.Null(document["metadata"]!["component"]!["purl"]);
        Assert.Equal(["layer 0: a database was not read"], Values(document["metadata"]!["component"]!, "note"));
    }

    [Fact]
    public async Task Two_inspections_of_an_image_give_the_same_bytes()
    {
        var first = Text(await Sample());
        Assert.Equal(first, Text(await Sample()));
        Assert.EndsWith("\n}\n", first, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', first);
    }

    [Fact]
    public void Another_image_has_another_serial_number()
    {
        string Serial(Report report) => (string)Document(report)["serialNumber"]!;
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", Serial(Of()));
        Assert.NotEqual(Serial(Of()), Serial(new Report([Image([], "linux/arm64")], [])));
        Assert.NotEqual(Serial(Of()), Serial(new Report([Nameless()], [])));
    }

    [Fact]
    public void A_document_leaves_piece_by_piece()
    {
        var pieces = new PieceCounter();
        CycloneDxFormat.Write(Of([.. Enumerable.Range(0, 20_000).Select(i => Package("npm", $"package-{i}", "1", "MIT"))]), pieces);
        Assert.True(pieces.Total > 10_000_000, $"{pieces.Total} bytes are too few to tell");
        Assert.InRange(pieces.Largest, 1, 256 << 10);
    }
}
