using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tutti.Samples.Storefront.Tls;

/// <summary>
/// Certificates made in memory at first use and never stored. All but the self-signed one are issued by <see cref="Root"/>,
/// so that a test which trusts it sees the one fault that is left.
/// </summary>
public static class TlsCertificates
{
    static readonly Lazy<X509Certificate2> Issuer = new(MakeRoot);

    /// <summary>The authority that issued the others, without its key.</summary>
    public static X509Certificate2 Root => X509CertificateLoader.LoadCertificate(Issuer.Value.RawData);

    /// <summary>Right name, known issuer, expired yesterday.</summary>
    public static Lazy<X509Certificate2> Expired { get; } = new(() => Issue("127.0.0.1", DateTimeOffset.UtcNow.AddDays(-1)));

    /// <summary>Valid, known issuer, for another host.</summary>
    public static Lazy<X509Certificate2> WrongName { get; } = new(() => Issue("shop.invalid", DateTimeOffset.UtcNow.AddDays(7)));

    /// <summary>Valid, right name, signed by itself.</summary>
    public static Lazy<X509Certificate2> SelfSigned { get; } = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        return Loadable(Request("127.0.0.1", key).CreateSelfSigned(now.AddDays(-30), now.AddDays(7)));
    });

    static X509Certificate2 MakeRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Storefront sample authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-60), now.AddDays(30));
    }

    static X509Certificate2 Issue(string host, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serial = RandomNumberGenerator.GetBytes(16);
        using var certificate = Request(host, key).Create(Issuer.Value, notAfter.AddDays(-30), notAfter, serial);
        return Loadable(certificate.CopyWithPrivateKey(key));
    }

    static CertificateRequest Request(string host, ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        return request;
    }

    static X509Certificate2 Loadable(X509Certificate2 certificate)
    {
        // Windows cannot serve a certificate whose key was never imported.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
