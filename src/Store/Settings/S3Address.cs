using System.Text.RegularExpressions;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.WebUtilities;

namespace Plimsoll.Store.Settings;

/// <summary>A bucket: <c>s3://bucket/prefix?region=eu-central-1</c>, or of a server of one's own <c>s3://bucket?endpoint=https://host:9000</c>.</summary>
/// <param name="Prefix">Of all keys, with its slash; empty for none.</param>
/// <param name="Endpoint">Null: Amazon's, by the region.</param>
/// <param name="Region">Null: that of the environment, as Amazon's libraries find it.</param>
internal sealed partial record S3Address(string Bucket, string Prefix, Uri? Endpoint, string? Region)
{
    public const string Form = "s3://bucket/prefix?region=eu-central-1, or ?endpoint=https://host:9000 for another server";

    public static S3Address Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || address.Fragment.Length > 0 || !BucketName().IsMatch(address.Host))
            throw new SettingsException(Variables.BlobStore, $"it takes {Form}");
        Uri? endpoint = null;
        string? region = null;
        foreach (var (name, values) in QueryHelpers.ParseQuery(address.Query))
            if (name == "region" && RegionName().IsMatch(values.ToString()))
                region = values.ToString();
            else if (name == "endpoint" && Uri.TryCreate(values.ToString(), UriKind.Absolute, out endpoint) && endpoint is { Scheme: "https" or "http", PathAndQuery: "/", UserInfo: "" })
                continue;
            else
                throw new SettingsException(Variables.BlobStore, $"'{name}={values}' is not understood; it takes {Form}");
        var prefix = Uri.UnescapeDataString(address.AbsolutePath).Trim('/');
        return new S3Address(address.Host, prefix.Length == 0 ? "" : prefix + '/', endpoint, region);
    }

    /// <summary>A client that signs as Amazon's libraries do everywhere: by the environment, a web identity, a profile, or the role of the machine.</summary>
    public IAmazonS3 Client()
    {
        var config = new AmazonS3Config
        {
            Timeout = TimeSpan.FromSeconds(100), MaxErrorRetry = 3, RetryMode = RequestRetryMode.Standard,
            // Other servers do not know Amazon's newer checksums. Bodies are signed with their SHA-256, which is one.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (Endpoint is not null)
            // A bucket in the name of the host needs names for every bucket, which such servers seldom have.
            (config.ServiceURL, config.ForcePathStyle, config.AuthenticationRegion) = (Endpoint.AbsoluteUri, true, Region ?? "us-east-1");
        else if (Region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        return new AmazonS3Client(config);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketName();

    [GeneratedRegex("^[a-z0-9-]{2,32}$")]
    private static partial Regex RegionName();
}
