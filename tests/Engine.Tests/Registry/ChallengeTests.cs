using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>RFC 9110, 11.2 and 11.6.1.</summary>
public sealed class ChallengeTests
{
    [Theory]
    [InlineData("https://auth.example/token", true)]
    [InlineData("http://auth.example/token", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("not a uri", false)]
    public void A_realm_is_read_as_it_stands(string realm, bool safe)
    {
        var challenge = Challenge.Of("Bearer", $"realm=\"{realm}\", service=registry,scope=\"repository:a/b:pull,push\", error=\"x\"");
        Assert.Equal((realm, "registry", "repository:a/b:pull,push"), (challenge.Realm, challenge.Service, challenge.Scope));
        Assert.Equal(safe, Uri.TryCreate(realm, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);
    }

    [Theory]
    [InlineData("other-realm=\"https://evil.example/\", realm=\"https://auth.example/\"", "https://auth.example/")]
    [InlineData("x.realm=evil,realm=plain", "plain")]
    [InlineData("other-realm=\"https://evil.example/\"", null)]
    [InlineData("title=\"realm=evil\", realm=\"good\"", "good")]
    [InlineData("REALM = \"spaced\"", "spaced")]
    [InlineData("realm=https://auth.example/token,service=x", "https://auth.example/token")]
    [InlineData("realm=\"a \\\"quoted\\\" \\\\ realm\"", "a \"quoted\" \\ realm")]
    [InlineData("realm=\"never closed", null)]
    [InlineData("realm=\"first\", realm=\"second\"", "first")]
    [InlineData(", ,realm=\"after empty elements\"", "after empty elements")]
    [InlineData("", null)]
    public void The_realm_is_the_parameter_of_that_very_name(string parameters, string? realm) =>
        Assert.Equal(realm, Challenge.Of("Bearer", parameters).Realm);
}
