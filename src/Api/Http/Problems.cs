using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Client;

namespace Plimsoll.Api.Http;

/// <summary>Every error of the API (RFC 9457). The type of each is stable and is explained under <c>docs/problems.md</c>.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string type, string title, string? detail = null, IDictionary<string, object?>? more = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: $"/problems/{type}", extensions: more);

    /// <summary>A refusal that has nothing to say but its status.</summary>
    public static ProblemHttpResult Plain(int status) => status switch
    {
        401 => Of(401, "not-signed-in", "A token is needed", "send the header Authorization: Bearer with a token of this service that has not expired"),
        403 => Of(403, "not-allowed", "The token does not have the scope", "the operation needs a token with another scope"),
        404 => Of(404, "no-such-path", "There is nothing at this path", "/openapi/v1.json lists what there is"),
        405 => Of(405, "no-such-method", "The path does not take this method", "/openapi/v1.json lists what there is"),
        _ => Of(status, $"status-{status}", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "The request was refused"),
    };

    public static ProblemHttpResult BadRequest(string detail) => Of(400, "bad-request", "The request cannot be understood", detail);

    public static ProblemHttpResult InspectionNotFound(Guid id) => Of(404, "inspection-not-found", "There is no such inspection", $"there is no inspection {id}");

    public static ProblemHttpResult ImageNotFound(string digest) => Of(404, "image-not-found", "The image was not inspected", $"no inspection found the image {digest}");

    public static ProblemHttpResult UploadNotFound(string digest) => Of(404, "upload-not-found", "There is no such upload", $"there is no upload {digest}; uploads go when their inspection has ended");

    public static ProblemHttpResult PolicyNotFound(string name) => Of(404, "policy-not-found", "There is no such policy", $"there is no policy '{name}'");

    public static ProblemHttpResult VexNotFound(string id) => Of(404, "vex-not-found", "There is no such VEX document", $"there is no VEX document {Store.OneLine.Of(id)}; GET /v1/vex lists them");

    public static ProblemHttpResult TokenNotFound(Guid id) => Of(404, "token-not-found", "There is no such token", $"there is no token {id}");

    public static ProblemHttpResult NotAnImage() => Of(415, "not-an-image", "This is not an image archive", "the body is neither a tar archive nor one compressed with gzip or zstd");

    /// <param name="forms">Those that there are.</param>
    public static ProblemHttpResult NotAcceptable(string forms) => Of(406, "not-acceptable", "There is no such form of it", $"it can be had as {forms}");

    public static ProblemHttpResult FilesNotKept(string digest, int most) => Of(404, "files-not-kept", "The files of the image are not known",
        $"of {digest} a layer is not kept any more, or it has more than {most} files; inspect it again, or list its files with 'plimsoll files'");

    public static ProblemHttpResult PlatformNeeded(IEnumerable<string> platforms) => Of(422, "platform-needed", "It is not clear which images to compare",
        string.Join(", ", platforms) is { Length: > 0 } both ? $"choose a platform that both have: {both}" : "the two have no platform in common");

    public static ProblemHttpResult TooManyUploads(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        return Of(429, "too-many-uploads", "Too many uploads arrive at once", "send it again when one of them has ended");
    }

    public static ProblemHttpResult StoreFull(string reason) => Of(507, "store-full", "There is no room for the upload", reason);

    public static ProblemHttpResult Ended(string state) => Of(409, "inspection-ended", "The inspection has ended", $"it has {state} already");

    public static ProblemHttpResult NameTaken(string name) => Of(409, "name-taken", "The name is taken", $"there is a token with the name '{name}' already");

    public static ProblemHttpResult BadPolicy(IEnumerable<Engine.Gates.PolicyProblem> problems) => Of(422, "bad-policy", "The policy cannot be read", null,
        new Dictionary<string, object?> { ["problems"] = problems.Select(problem => new PolicyProblemBody(problem.Line, problem.Column, problem.Message)).ToList() });
}
