using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Api.Registries;

/// <summary>Why a registry could not be asked, as a problem.</summary>
internal static class RegistryProblems
{
    // A registry's 401 is none of ours: it would tell the caller that its token for this service is wrong (RFC 9110, 15.5.2).
    public static ProblemHttpResult Of(Failure failure) => failure.Kind switch
    {
        FailureKind.NotFound => Of(404, "not-in-registry", "The registry has no such image", failure),
        FailureKind.NoAccess => Of(422, "registry-login", "The registry wants another login", failure),
        FailureKind.NotAllowed => Of(422, "registry-not-allowed", "The registry may not be reached from here", failure),
        FailureKind.Unavailable => Of(502, "registry-unavailable", "The registry does not answer as it should", failure),
        _ => Of(422, "unreadable-image", "What the registry has is no image that can be read", failure),
    };

    public static ProblemHttpResult TooSlow(string image) => Problems.Of(504, "registry-too-slow", "The registry does not answer in time", $"{image}: try again later");

    static ProblemHttpResult Of(int status, string type, string title, Failure failure) =>
        Problems.Of(status, type, title, $"{failure.Reason}{(failure.Remedy is null ? "" : $": {failure.Remedy}")}");
}
