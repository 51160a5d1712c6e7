using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Client.Advisories;
using Plimsoll.Client.Vex;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Client.Http;

/// <summary>The bodies of the API as JSON, without reflection.</summary>
[JsonSerializable(typeof(InspectionRequestBody))]
[JsonSerializable(typeof(InspectionBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(Page<InspectionBody>))]
[JsonSerializable(typeof(Page<ImageBody>))]
[JsonSerializable(typeof(Page<LayerReport>))]
[JsonSerializable(typeof(Page<PackageReport>))]
[JsonSerializable(typeof(Page<Finding>))]
[JsonSerializable(typeof(Page<VulnerabilityReport>))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(ResolutionBody))]
[JsonSerializable(typeof(ResolutionRequestBody))]
[JsonSerializable(typeof(Page<PolicyBody>))]
[JsonSerializable(typeof(Page<TokenBody>))]
[JsonSerializable(typeof(VerdictBody))]
[JsonSerializable(typeof(VerdictRequestBody))]
[JsonSerializable(typeof(Engine.Gates.Verdict))]
[JsonSerializable(typeof(NewTokenBody))]
[JsonSerializable(typeof(MadeTokenBody))]
[JsonSerializable(typeof(Page<WebhookBody>))]
[JsonSerializable(typeof(WebhookRequestBody))]
[JsonSerializable(typeof(MadeWebhookBody))]
[JsonSerializable(typeof(RotatedSecretBody))]
[JsonSerializable(typeof(Page<DeliveryBody>))]
[JsonSerializable(typeof(Page<JobBody>))]
[JsonSerializable(typeof(AdvisoriesBody))]
[JsonSerializable(typeof(AdvisoryImportBody))]
[JsonSerializable(typeof(Page<KnownVulnerabilityBody>))]
[JsonSerializable(typeof(VulnerabilityBody))]
[JsonSerializable(typeof(Page<AffectedImageBody>))]
[JsonSerializable(typeof(Page<VexDocumentBody>))]
[JsonSerializable(typeof(VexReceiptBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>In the form that the API writes and takes.</summary>
    public static WireJson Wire { get; } = new(Form());

    static JsonSerializerOptions Form()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 32 };
        foreach (var converter in JsonFormat.Converters)
            options.Converters.Add(converter);
        return options;
    }
}

/// <summary>An error document (RFC 9457).</summary>
internal sealed record ProblemBody(string? Type, string? Title, string? Detail, IReadOnlyList<PolicyProblemBody>? Problems);
