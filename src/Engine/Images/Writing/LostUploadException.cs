namespace Plimsoll.Engine.Images.Writing;

/// <summary>A registry has lost an upload that it had begun to take. The whole blob can be sent again.</summary>
internal sealed class LostUploadException(string host) : Exception($"the registry {host} loses what it is sent");
