package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

const enclosed = "JUDGE_ENCLOSED"

// enclose starts this program again in namespaces of its own: without a network, and with files of its own
// where plugins look for a name server (/etc/resolv.conf) and for the credentials of a pod. It needs no
// privilege where the system lets users make namespaces; where it does not, the judge works without, and the
// plugins that need these files give "environment". It returns in the inner process only.
func enclose() {
	if os.Getenv(enclosed) != "" {
		raiseLoopback()
		furnish()
		return
	}
	self, err := os.Executable()
	if err != nil {
		return
	}
	// The signal comes when the thread that started the inner process ends.
	runtime.LockOSThread()
	inner := start(self, syscall.CLONE_NEWUSER)
	if inner == nil {
		inner = start(self, 0) // enough for root where users may not make namespaces
	}
	if inner == nil {
		return
	}
	signal.Ignore(os.Interrupt)
	if inner.Wait() != nil {
		if code := inner.ProcessState.ExitCode(); code > 0 {
			os.Exit(code)
		}
		os.Exit(2)
	}
	os.Exit(0)
}

// start runs this program in new mount and network namespaces; nil if the system does not allow it.
func start(self string, further uintptr) *exec.Cmd {
	inner := exec.Command(self, os.Args[1:]...)
	inner.Env = append(os.Environ(), enclosed+"=1")
	inner.Stdin, inner.Stdout, inner.Stderr = os.Stdin, os.Stdout, os.Stderr
	inner.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | further,
		Pdeathsig:  syscall.SIGKILL,
	}
	if further != 0 {
		inner.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		inner.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	if inner.Start() != nil {
		return nil
	}
	return inner
}

// raiseLoopback gives the interface lo its addresses, as everywhere else.
func raiseLoopback() {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return
	}
	defer syscall.Close(fd)
	// This is struct ifreq of netdevice(7).
	request := struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}{name: [syscall.IFNAMSIZ]byte{'l', 'o'}, flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request)))
}

// furnish covers /run (which /var/run is a link to) and /etc/resolv.conf. What cannot be covered stays as it is.
func furnish() {
	if syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "") != nil {
		return
	}
	resolvConf, _ := filepath.EvalSymlinks("/etc/resolv.conf")
	run, err := filepath.EvalSymlinks("/var/run")
	if err != nil || syscall.Mount("none", run, "tmpfs", 0, "") != nil {
		return
	}
	account := filepath.Join(run, "secrets/kubernetes.io/serviceaccount")
	if os.MkdirAll(account, 0o755) != nil {
		return
	}
	os.WriteFile(filepath.Join(account, "token"), []byte("none"), 0o644)
	os.WriteFile(filepath.Join(account, "namespace"), []byte("default"), 0o644)
	os.WriteFile(filepath.Join(account, "ca.crt"), certificate(), 0o644)

	nameservers := []byte("nameserver 127.0.0.1\n")
	if strings.HasPrefix(resolvConf, run+"/") {
		os.MkdirAll(filepath.Dir(resolvConf), 0o755)
		os.WriteFile(resolvConf, nameservers, 0o644)
		return
	}
	ours := filepath.Join(run, "resolv.conf")
	if os.WriteFile(ours, nameservers, 0o644) == nil {
		syscall.Mount(ours, "/etc/resolv.conf", "", syscall.MS_BIND, "")
	}
}

// certificate makes a certificate that only has to be readable.
func certificate() []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: now, NotAfter: now.AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
