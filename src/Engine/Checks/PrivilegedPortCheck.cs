using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class PrivilegedPortCheck : ICheck
{
    const int FirstFree = 1024;

    public CheckInfo Info { get; } = new(
        "privileged-port", Severity.Low, "The image exposes a port below 1024",
        "Listen on 8080 or any port from 1024 on; the service or the published port may still be 80", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var user = RunUser.Of(image);
        return from port in image.Config.ExposedPorts
               where int.TryParse(port.Split('/')[0].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                   && number is > 0 and < FirstFree
               select new Evidence($"port {port}: " + (user.IsRoot
                   ? "this is a reason to run as root that is not needed"
                   : "the image does not run as root and may not bind it where the engine does not lift the limit, as on a host network"));
    }
}
