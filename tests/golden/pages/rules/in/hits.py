"""What every rule finds: é 🚀."""

import abc
import asyncio
import asyncio as aio
import builtins
import collections
import concurrent.futures
import contextlib
import cPickle
import dataclasses
import enum
import ftplib
import functools
import hashlib
import marshal
import multiprocessing as mp
import os
import pickle
import shelve
import ssl
import subprocess
import subprocess as sp
import telnetlib
import tempfile
import threading
import time
import typing as t
import unittest
import warnings
from hashlib import sha1 as digest

import attr
import attrs
import dill
import pytest
import requests
import typing_extensions as te
import yaml


@dataclasses.dataclass
class Apple: ...


@attr.s
class Beech: ...


@attr.attrs
class Cedar: ...


@attr.define
class Date: ...


@attrs.define(slots=True)
class Elm: ...


@attrs.frozen
class Fir: ...


@contextlib.contextmanager
def ladder():
    yield "🚀"


@contextlib.asynccontextmanager
async def lift():
    yield "é"


@functools.total_ordering
@t.final
class Grove(abc.ABC):
    @property
    def height(self): ...

    @abc.abstractmethod
    def grow(self): ...

    @abc.abstractproperty
    def age(self): ...

    @staticmethod
    def plant(): ...

    @classmethod
    def graft(cls): ...

    @t.overload
    def cut(self, é: int): ...

    @te.overload
    def cut(self, é: str): ...

    @functools.cached_property
    def shade(self): ...


@t.runtime_checkable
class Tall(t.Protocol): ...


class Wide(te.Protocol): ...


def wrap(function):
    @functools.wraps(function)
    def inner(): ...

    return inner


@functools.singledispatch
def pick(fruit): ...


@warnings.deprecated("🚀")
def old(): ...


@te.deprecated("é")
def older(): ...


@pytest.fixture
def basket(): ...


@pytest.mark.parametrize("é", ["🚀"])
def test_basket(é): ...


@enum.unique
class Season(enum.Enum): ...


class Rank(enum.IntEnum): ...


class Word(enum.StrEnum): ...


class Mask(enum.Flag): ...


class Bits(enum.IntFlag): ...


class Point(t.NamedTuple): ...


class Record(t.TypedDict): ...


class Entry(te.TypedDict): ...


class Box(t.Generic[T]): ...


class Rotten(Exception): ...


class BasketTest(unittest.TestCase): ...


class Loader(pickle.Unpickler): ...


Pair = collections.namedtuple("Pair", "é 🚀")


@functools.lru_cache(maxsize=None)
def slow(): ...


@functools.cache
def slower(): ...


faster = functools.lru_cache(slow)


async def start(command, name):
    threading.Thread(target=slow)
    threading.Lock()
    threading.RLock()
    mp.Process(target=slow)
    mp.Pool(4)
    concurrent.futures.ThreadPoolExecutor()
    concurrent.futures.ProcessPoolExecutor()
    aio.run(start())
    aio.gather()
    aio.create_task(start())
    time.sleep(1)
    await asyncio.create_subprocess_shell(f"ls {name}")


def code(text):
    eval("1 + 1")
    eval(text)
    builtins.eval(b"1" "2")
    exec(("a = 1", "é")[0])
    compile(source=text, filename="🚀", mode="exec")
    __import__("os")
    __import__(f"{text}")


def load(file, *files):
    pickle.load(file)
    pickle.loads(b"\x80")
    pickle.Unpickler(file)
    cPickle.load(file)
    cPickle.loads(file)
    dill.load(file)
    dill.loads(file)
    marshal.load(file)
    marshal.loads(*files)
    shelve.open("trees")
    yaml.load(file)
    yaml.load(file, Loader=yaml.Loader)
    yaml.load_all(file, yaml.UnsafeLoader)
    yaml.unsafe_load(file)
    yaml.full_load(file)


def run(command):
    os.system("ls 🚀")
    os.popen(command)
    os.execvp("ls", ["ls"])
    os.spawnl(os.P_WAIT, command)
    subprocess.getoutput(command)
    subprocess.getstatusoutput(command)
    subprocess.run(command, shell=True)
    sp.run(["ls", "é"], shell=1)
    (sp.call)(  # a comment (
        command,
        cwd=f(a, b=1),
        shell = True,  # shell=False
    )
    sp.check_call(command, shell=True)
    sp.check_output(command, shell=True)
    sp.Popen(command, shell=True)
    tempfile.mktemp()


def digests(data):
    hashlib.md5(data)
    digest(data, usedforsecurity=True)
    hashlib.new("MD5", data)
    hashlib.new(name="sha1")


def connect(url, context, session):
    ssl._create_default_https_context = ssl._create_unverified_context
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # é
    requests.get(url, verify=False)
    requests.post(url, verify=False)
    requests.put(url, verify=False)
    requests.patch(url, verify=False)
    requests.delete(url, verify=False)
    requests.head(url, verify=False)
    requests.options(url, verify=False)
    requests.request("GET", url, verify=False)
    requests.Session().get(url, verify=False)
    session.post(url, verify=False)
    session.put(url, verify=False)
    session.patch(url, verify=False)
    session.delete(url, verify=False)
    session.head(url, verify=False)
    session.options(url, verify=False)
    session.request("GET", url, verify=False)
    telnetlib.Telnet("localhost")
    ftplib.FTP(url)
