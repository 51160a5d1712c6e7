using System.Text.Json.Nodes;
using NJsonSchema;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.Spdx;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Reports.SbomSamples;

namespace Plimsoll.Engine.Tests.Reports;

public sealed class SpdxFormatTests
{
    static string Text(Report report) => Written(report, SpdxFormat.Write);

    static JsonNode Document(Report report) => JsonNode.Parse(Text(report))!;

    static IEnumerable<JsonNode> All(JsonNode document, string member) => (document[member]?.AsArray() ?? []).Select(one => one!);

    static async Task<IEnumerable<string>> Errors(string json) =>
        (await JsonSchema.FromFileAsync(Repository.At("tests/Engine.Tests/Schemas/spdx-2.3.schema.json"), TestContext.Current.CancellationToken))
            .Validate(json).Select(error => error.ToString());

    public static TheoryData<string> Cases => [.. CaseNames];

    [Theory, MemberData(nameof(Cases))]
    public async Task A_document_is_valid_by_the_schema_of_the_specification(string name) => Assert.Empty(await Errors(Text(await Case(name))));

    [Theory]
    [InlineData("\"versionInfo\": \"13.0.3\"", "\"versionInfo\": 13")]
    [InlineData("\"primaryPackagePurpose\": \"LIBRARY\"", "\"primaryPackagePurpose\": \"LIBARY\"")]
    [InlineData("\"filesAnalyzed\": false", "\"filesAnalysed\": false")]
    public async Task The_schema_refuses_what_is_no_such_document(string right, string wrong)
    {
        var text = Text(Of(EveryType));
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.NotEmpty(await Errors(text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    // The schema takes any text for an identifier; the specification does not (7.2, 10.1).
    [Theory, MemberData(nameof(Cases))]
    public async Task Identifiers_are_well_formed_unique_and_defined(string name)
    {
        var document = Document(await Case(name));
        var ids = All(document, "packages").Select(package => (string)package["SPDXID"]!).Append("SPDXRef-DOCUMENT").ToList();
        Assert.All(ids, id => Assert.Matches(@"^SPDXRef-[A-Za-z0-9.-]{1,140}\z", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var ends = All(document, "relationships").SelectMany(one => new[] { (string)one["spdxElementId"]!, (string)one["relatedSpdxElement"]! });
        Assert.All(ends, end => Assert.Contains(end, ids));
        Assert.Equal(ids.Count - 1, All(document, "relationships").Count());

        var defined = All(document, "hasExtractedLicensingInfos").Select(licence => (string)licence["licenseId"]!).ToList();
        Assert.All(defined, id => Assert.Matches(@"^LicenseRef-[A-Za-z0-9.-]{1,140}\z", id));
        Assert.Equal(defined.Count, defined.Distinct().Count());
        var used = All(document, "packages").SelectMany(package => ((string?)package["licenseDeclared"] ?? "").Split(' ', '(', ')'))
            .Where(token => token.StartsWith("LicenseRef-", StringComparison.Ordinal)).Distinct();
        Assert.Equal(defined.Order(), used.Order());
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Another_reader_understands_every_licence_and_every_package_url(string name)
    {
        var report = await Case(name);
        var read = await SbomReaders.Run(
            """
            const parse = require('spdx-expression-parse');
            const { PackageURL } = require('packageurl-js');
            for (const { licenseDeclared, externalRefs } of JSON.parse(input).packages) {
                if (licenseDeclared && licenseDeclared !== 'NOASSERTION')
                    parse(licenseDeclared);
                for (const { referenceLocator } of (externalRefs ?? []).filter(reference => reference.referenceType === 'purl'))
                    console.log(PackageURL.fromString(referenceLocator).type);
            }
            """, Text(With(report, package => package.Name.Length > 0)));
        var installed = report.Images.SelectMany(image => image.Packages).Count(package => package.RemovedIn is null && package.Name.Length > 0);
        Assert.Equal(installed, read.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(type => type != "oci"));
    }

    [Fact]
    public async Task The_document_describes_the_image_and_the_image_contains_the_rest()
    {
        var document = Document(await Sample());
        var image = All(document, "packages").First();
        Assert.Equal(("docker.io/library/webapp", "CONTAINER"), ((string)image["name"]!, (string)image["primaryPackagePurpose"]!));
        Assert.Equal($"sha256:{image["checksums"]![0]!["checksumValue"]}", (string)image["versionInfo"]!);
        var edges = All(document, "relationships").ToLookup(one => (string)one["relationshipType"]!, one => (From: (string)one["spdxElementId"]!, To: (string)one["relatedSpdxElement"]!));
        Assert.Equal(("SPDXRef-DOCUMENT", (string)image["SPDXID"]!), Assert.Single(edges["DESCRIBES"]));
        Assert.Equal(All(document, "packages").Skip(1).Select(package => (string)package["SPDXID"]!), edges["CONTAINS"].Select(edge => edge.To));
        Assert.All(edges["CONTAINS"], edge => Assert.Equal((string)image["SPDXID"]!, edge.From));
        Assert.Equal("2025-10-06T09:31:17Z", (string)document["creationInfo"]!["created"]!);
    }

    [Fact]
    public void A_package_says_where_it_comes_from()
    {
        var package = All(Document(Of(Package("deb", "libssl3", "3.0.17-1") with
        {
            Source = new Engine.Packages.SourcePackage("openssl", "3.0.17-1"), OwnedBy = "owner", Locations = ["var/lib/dpkg/status"], Layer = 1,
        })), "packages").Last();
        Assert.Equal(
            $"built from openssl 3.0.17-1; found in var/lib/dpkg/status; since layer 1 ({Engine.Images.Digest.Of([1])}); brought by the package owner",
            (string)package["sourceInfo"]!);
    }

    [Fact]
    public void A_package_that_a_layer_removed_is_left_out() => Assert.Equal(
        ["registry.example:5000/shop/web", "debian", "here"],
        All(Document(Of(Package("npm", "here", "1"), Package("npm", "gone", "1") with { RemovedIn = 1 })), "packages").Select(package => (string)package["name"]!));

    [Theory]
    [InlineData("", "NOASSERTION", null)]
    [InlineData("mit", "MIT", null)]
    [InlineData("GPLv2+ and (ASL 2.0 or MPLv2.0)", "GPL-2.0-or-later AND (Apache-2.0 OR MPL-2.0)", null)]
    [InlineData("MIT OR ISC|Zlib|MIT", "(MIT OR ISC) AND Zlib AND MIT", null)]
    [InlineData("public-domain", "LicenseRef-public-domain", "public-domain")]
    [InlineData("MIT|no idea, really", "MIT AND LicenseRef-no-idea-really", "no idea, really")]
    [InlineData("日本", "LicenseRef-unnamed", "日本")]
    [InlineData("LicenseRef-theirs", "LicenseRef-theirs", "LicenseRef-theirs")]
    [InlineData("a b|a-b|LicenseRef-a-b", "LicenseRef-a-b AND LicenseRef-a-b-2 AND LicenseRef-a-b-3", "a b|a-b|LicenseRef-a-b")]
    public void A_licence_that_is_not_on_the_list_is_defined_in_the_document(string licences, string declared, string? extracted)
    {
        var document = Document(Of(Package("npm", "a", "1", licences.Split('|'))));
        var package = All(document, "packages").Last();
        Assert.Equal((declared, "NOASSERTION"), ((string)package["licenseDeclared"]!, (string)package["licenseConcluded"]!));
        Assert.Equal(extracted?.Split('|') ?? [], All(document, "hasExtractedLicensingInfos").Select(licence => (string)licence["extractedText"]!));
    }

    [Fact]
    public void An_image_that_names_no_moment_has_the_first_of_all()
    {
        var document = Document(new Report([Nameless()], []));
        Assert.Equal("1970-01-01T00:00:00Z", (string)document["creationInfo"]!["created"]!);
        Assert.Equal("layer 0: a database was not read", (string)document["comment"]!);
    }

    [Fact]
    public void The_namespace_is_an_absolute_address_that_other_images_do_not_have()
    {
        string Namespace(Report report) => (string)Document(report)["documentNamespace"]!;
        Assert.True(Uri.TryCreate(Namespace(Of()), UriKind.Absolute, out var address) && address.Fragment.Length == 0);
        Assert.NotEqual(Namespace(Of()), Namespace(new Report([Image([], "linux/arm64")], [])));
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
    public void A_document_leaves_piece_by_piece()
    {
        var pieces = new PieceCounter();
        SpdxFormat.Write(Of([.. Enumerable.Range(0, 20_000).Select(i => Package("npm", $"package-{i}", "1", $"licence {i}"))]), pieces);
        Assert.True(pieces.Total > 10_000_000, $"{pieces.Total} bytes are too few to tell");
        Assert.InRange(pieces.Largest, 1, 256 << 10);
    }

    [Fact]
    public void Names_that_look_alike_take_no_time_to_tell_apart()
    {
        var packages = Enumerable.Range(0, 50_000).Select(i => Package("npm", "same", "1", new string('_', i % 500) + "x")).ToList();
        var document = Document(Of(packages));
        Assert.Equal(packages.Count + 2, All(document, "packages").Select(package => (string)package["SPDXID"]!).Distinct().Count());
    }

    // A package without a name has no package URL that a reader could take.
    static Report With(Report report, Func<PackageReport, bool> which) =>
        report with { Images = [.. report.Images.Select(image => image with { Packages = [.. image.Packages.Where(which)] })] };
}
