namespace Tutti.Gateway.Registry.Rules;

/// <summary>The template compiles and leads to a backend that may be called.</summary>
internal static class UriRules
{
    public static void Check(PartConfig part, RegistryFacts facts, AllowedHosts allowed, List<Fault> faults)
    {
        if (part.Uri.Length > UriTemplate.MaxLength)
        {
            faults.Add(new Fault("uri", $"Must have at most {UriTemplate.MaxLength} characters, not {part.Uri.Length}"));
            return;
        }

        var template = UriTemplate.TryParse(part.Uri, part.Params, out var fault);
        if (template is null)
        {
            faults.Add(new Fault("uri", fault!));
        }
        else if (template.Service is { } service)
        {
            faults.Require(facts.Services.Contains(service), "uri", $"There is no service '{service}' that speaks http");
            faults.Require(part.Backend.FollowRedirects == 0, "backend.followRedirects", "Redirects of a service are not followed");
        }
        else if (!allowed.Allows(template.Origin))
        {
            faults.Add(new Fault("uri", $"The backend {template.Origin.Authority} is not among the allowed hosts (Tutti:Registry:AllowedHosts)"));
        }
    }
}
