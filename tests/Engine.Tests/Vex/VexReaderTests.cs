using System.Text;
using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Tests.Vex.VexSamples;

namespace Plimsoll.Engine.Tests.Vex;

public sealed class VexReaderTests
{
    const string NotJson = "it is not JSON, is cut short, names a member twice, or is nested too deeply";

    [Theory]
    [InlineData("", NotJson)]
    [InlineData("{", NotJson)]
    [InlineData("{} {}", NotJson)]
    [InlineData("[]", "it is not an object")]
    [InlineData("null", "it is not an object")]
    [InlineData("{ \"spdxVersion\": \"SPDX-2.3\" }", "it is none of OpenVEX (@context), CSAF 2 (document.csaf_version) and CycloneDX 1.4 to 1.6 (bomFormat and specVersion)")]
    [InlineData("{ \"@context\": \"https://schema.example\", \"statements\": [] }", "it is none of OpenVEX (@context), CSAF 2 (document.csaf_version) and CycloneDX 1.4 to 1.6 (bomFormat and specVersion)")]
    [InlineData("{ \"@context\": 1, \"document\": [], \"bomFormat\": {} }", "it is none of OpenVEX (@context), CSAF 2 (document.csaf_version) and CycloneDX 1.4 to 1.6 (bomFormat and specVersion)")]
    [InlineData("{ \"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.3\" }", "it is none of OpenVEX (@context), CSAF 2 (document.csaf_version) and CycloneDX 1.4 to 1.6 (bomFormat and specVersion)")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"statements\": [] }", "it is OpenVEX and has no @id")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"x\", \"statements\": [] }", "it is OpenVEX and states nothing of any vulnerability")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"x\", \"statements\": {} }", "its statements is not a list")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": [], \"statements\": [] }", "its @id is not a text")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"x\", \"version\": 1.5, \"statements\": [] }", "its version is not a whole number")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"\\ud800\", \"statements\": [] }", "its @id is no text")]
    [InlineData("{ \"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"x\", \"@id\": \"y\" }", NotJson)]
    [InlineData("{ \"document\": { \"csaf_version\": \"2.0\" } }", "it is CSAF and has no document.tracking.id")]
    public void What_is_no_document_of_statements_is_refused_with_a_reason(string json, string reason) => Assert.Equal(new VexReading(null, reason), Read(json));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_it() => Assert.NotNull(VexReader.Read(Encoding.UTF8.GetBytes("\uFEFF" + OpenVex(Statement()))).Document);

    [Fact]
    public void Too_much_too_deep_and_too_long_are_refused()
    {
        Assert.Equal("it has more than 16 MiB", VexReader.Read(new byte[VexLimits.Bytes + 1]).Refusal);
        Assert.Equal(NotJson, Read(OpenVex($"{new string('[', 100)}{new string(']', 100)}")).Refusal);
        Assert.Equal("its vulnerability has more than 1024 characters", Assert.Single(Document(OpenVex(Statement(vulnerability: "x") .Replace("{ \"name\": \"x\" }", $"\"{new string('x', 1025)}\"", StringComparison.Ordinal))).Unusable).Reason);
        Assert.Equal(1000, Assert.Single(Document(OpenVex(Statement(more: $"\"impact_statement\": \"{new string('x', 5000)}\""))).Statements).Text!.Length);
        Assert.Equal((100, 150), Document(OpenVex(string.Join(',', Enumerable.Repeat("{}", 150)))) is var many ? (many.Unusable.Count, many.UnusableCount) : default);
    }

    [Fact]
    public void A_document_that_is_cut_anywhere_is_refused_and_one_with_any_byte_changed_is_read_or_refused()
    {
        var whole = Encoding.UTF8.GetBytes(OpenVex($"{Statement()}, {Statement("pkg:oci/shop@sha256:1?tag=1", "affected", "\"action_statement\": \"\\u00e4\"")}").Trim());
        for (var length = 0; length < whole.Length; length++)
            Assert.Null(VexReader.Read(whole.AsMemory(0, length)).Document);
        var dice = new Samples.Dice(7);
        for (var round = 0; round < 5000; round++)
        {
            var changed = whole.ToArray();
            for (var i = 1 + dice.Roll(3); i > 0; i--)
                changed[dice.Roll(changed.Length)] = (byte)dice.Roll(256);
            var reading = VexReader.Read(changed);
            Assert.True(reading.Document is null != reading.Refusal is null);
            if (reading.Document is { } document)
                VexLedger.Of([document]).Apply(Samples.SampleReport.With([Samples.SampleReport.Vulnerability(null)]));
        }
    }

    [Theory]
    [InlineData("2", "1", true)]
    [InlineData("10", "9", true)]
    [InlineData("1", "2", false)]
    [InlineData("1.0.1", "1.0.0", true)]
    [InlineData("1.0.0", "1.0.0-2", true)]
    [InlineData("1.0.0-2", "1.0.0", false)]
    [InlineData("1", "1.0.0", false)]
    [InlineData("1", null, true)]
    public void A_higher_version_takes_the_place_of_a_lower_one(string? one, string? other, bool newer)
    {
        VexDocument Of(string? version, int day) => new("x", "CSAF", null, DateTimeOffset.UnixEpoch.AddDays(day), version, [], [], 0);
        Assert.Equal(newer, Of(one, 0).IsNewerThan(Of(other, 0)));
        if (one == other || !newer)
            return;
        Assert.True(Of(one, 0).IsNewerThan(Of(other, 1)));
        Assert.True(Of(one, 1).IsNewerThan(Of(one, 0)));
        Assert.False(Of(one, 0).IsNewerThan(Of(one, 1)));
    }
}
